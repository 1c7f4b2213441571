package dev.cooper.mathverifier.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cooper.mathverifier.AnswerChecker;
import dev.cooper.mathverifier.CompiledReference;
import dev.cooper.mathverifier.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Published worked solutions and their answers, if the files lie beside the project. */
class WorkedSolutionsTest {
    private static final Path DATA = Path.of("..", "..", "shared", "data");
    private static final double SHARE = 0.99;

    private final AnswerChecker checker = new AnswerChecker();

    @Test
    void theLastBoxOfASolutionIsItsAnswer() throws IOException {
        List<String> missed = new ArrayList<>();
        List<String> lines = lines("math500.jsonl");
        for (String line : lines) {
            Verdict verdict = checker.check(text(line, "answer"), text(line, "solution"));
            if (!(verdict instanceof Verdict.Correct)) {
                missed.add(verdict.explanation());
            }
            CompiledReference reference = checker.forReference(text(line, "solution"));
            if (!(reference.check("\\boxed{" + text(line, "answer") + "}") instanceof Verdict.Correct)) {
                missed.add("as a reference: " + reference.answer());
            }
        }
        assertThat(missed).hasSizeLessThanOrEqualTo((int) ((1 - SHARE) * 2 * lines.size()));
    }

    @Test
    void theLineBehindHashesIsTheAnswer() throws IOException {
        List<String> missed = new ArrayList<>();
        List<String> lines = lines("gsm8k-train.jsonl");
        for (String line : lines) {
            String solution = text(line, "answer");
            String answer = solution.substring(solution.lastIndexOf("#### ") + "#### ".length());
            if (!checker.forReference(solution).answer().equals(answer)) {
                missed.add(solution);
            }
        }
        assertThat(missed).isEmpty();
    }

    /** Of these solutions only some end in the answer; what is found in them has to be readable all the same. */
    @Test
    void layoutAroundAnAnswerIsNoPartOfIt() throws IOException {
        for (String line : lines("math-odyssey.jsonl")) {
            String answer = text(line, "answer");
            CompiledReference reference = checker.forReference(answer);
            assertThat(reference.problem()).as(answer).isEmpty();
            assertThat(reference.answer()).as(answer).doesNotContain("noindent").doesNotEndWith("\\");
        }
    }

    private static List<String> lines(String name) throws IOException {
        Path file = DATA.resolve(name);
        assumeTrue(
                Files.isReadable(file),
                () -> "skipped: no " + file.toAbsolutePath().normalize());
        return Files.readAllLines(file);
    }

    /** The text of a field; of several, the first. */
    private static String text(String line, String field) {
        String key = "\"" + field + "\": \"";
        int begin = line.indexOf(key) + key.length();
        int end = begin;
        while (line.charAt(end) != '"') {
            end += line.charAt(end) == '\\' ? 2 : 1;
        }
        return unescaped(line.substring(begin, end));
    }

    private static String unescaped(String json) {
        var text = new StringBuilder();
        int i = 0;
        while (i < json.length()) {
            char c = json.charAt(i);
            char escaped = c == '\\' ? json.charAt(i + 1) : 0;
            switch (escaped) {
                case 0 -> text.append(c);
                case 'n' -> text.append('\n');
                case 't' -> text.append('\t');
                case 'u' -> text.append((char) Integer.parseInt(json.substring(i + 2, i + 6), 16));
                default -> text.append(escaped);
            }
            i += escaped == 0 ? 1 : escaped == 'u' ? 6 : 2;
        }
        return text.toString();
    }
}
