package dev.cooper.mathverifier.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every reference answer of the data sets that lie beside the project, if they do. */
class ReferencesTest {
    private static final Path DATA = Path.of("..", "..", "shared", "data");
    /** A letter glued to an interval: whether it is a label, an element or a factor, the text does not say. */
    private static final Set<String> NOT_UNDERSTOOD = Set.of("$t(0,4]$");

    private final AnswerParser parser = new AnswerParser(SyntaxBudget.defaults());

    @ParameterizedTest
    @CsvSource({
        "math500.jsonl,          answer,       500",
        "olympiadbench-en.jsonl, final_answer, 675",
        "math-odyssey.jsonl,     answer,       387",
        "gsm8k-test.jsonl,       answer,       1319",
        "gsm8k-train.jsonl,      answer,       7473"
    })
    void everyReferenceIsUnderstood(String file, String field, int lines) throws IOException {
        Path path = DATA.resolve(file);
        assumeTrue(
                Files.isReadable(path),
                () -> "skipped: no " + path.toAbsolutePath().normalize());
        List<String> references = new ArrayList<>();
        List<String> records = Files.readAllLines(path);
        assertThat(records).hasSize(lines);
        records.forEach(line -> references.addAll(values(line, field)));
        List<String> missed = references.stream()
                .map(text -> text.substring(text.lastIndexOf("####") + 1).replace("###", ""))
                .filter(text -> !isUnderstood(text))
                .toList();
        System.out.printf(
                "%s: %d of %d references understood%n", file, references.size() - missed.size(), references.size());
        assertThat(missed).isSubsetOf(NOT_UNDERSTOOD);
        assertThat(references).hasSizeGreaterThanOrEqualTo(lines);
    }

    private boolean isUnderstood(String text) {
        return parser.parse(text) instanceof Reading.Read(Node node)
                && !NormalText.of(node).contains("`");
    }

    /** The strings of a field, one or a list of them. */
    private static List<String> values(String line, String field) {
        String name = "\"" + field + "\": ";
        int at = line.indexOf(name) + name.length();
        boolean list = line.charAt(at) == '[';
        List<String> values = new ArrayList<>();
        at += list ? 1 : 0;
        while (line.charAt(at) != ']' && line.charAt(at) != '}') {
            int end = at + 1;
            while (line.charAt(end) != '"') {
                end += line.charAt(end) == '\\' ? 2 : 1;
            }
            values.add(unescaped(line.substring(at + 1, end)));
            at = end + 1;
            if (!list) {
                break;
            }
            while (line.charAt(at) == ',' || line.charAt(at) == ' ') {
                at++;
            }
        }
        return values;
    }

    private static String unescaped(String json) {
        var text = new StringBuilder();
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c != '\\') {
                text.append(c);
            } else if (json.charAt(++i) == 'u') {
                text.append((char) Integer.parseInt(json.substring(i + 1, i + 5), 16));
                i += 4;
            } else {
                int special = "nrt".indexOf(json.charAt(i));
                text.append(special < 0 ? json.charAt(i) : "\n\r\t".charAt(special));
            }
        }
        return text.toString();
    }
}
