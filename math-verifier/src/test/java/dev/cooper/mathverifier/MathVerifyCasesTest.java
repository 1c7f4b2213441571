package dev.cooper.mathverifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The pairs of Math-Verify 0.8's own tests, if the file lies beside the project. Each miss of the profile and each
 * difference of the defaults is listed here and justified in docs/verifier.md.
 */
class MathVerifyCasesTest {
    private static final Path FILE = Path.of("..", "..", "shared", "golden", "math-verify-cases.jsonl");
    private static final Pattern STRING = Pattern.compile("\"(gold|pred)\": \"((?:[^\"\\\\]++|\\\\.)*+)\"");
    private static final Pattern SETTING =
            Pattern.compile("\"(expected|precision|strict|allow_set_relation_comp)\": ([a-z0-9]+)");
    private static final Pattern CODE = Pattern.compile("\\\\u([0-9a-f]{4})");

    /** Lines of the file, from 0. */
    private static final List<Integer> MISSES_OF_THE_PROFILE = List.of(5, 6, 31, 32, 109, 272);

    private static final List<Integer> DIFFERENCES_OF_THE_DEFAULTS = List.of(
            5, 6, 31, 32, 98, 100, 101, 109, 114, 115, 126, 134, 140, 163, 173, 188, 195, 214, 219, 253, 255, 272);

    /** One line: two texts, and what Math-Verify says with which options. */
    private record Pair(String gold, String pred, boolean equal, MathVerifyRules rules) {}

    @Test
    void theProfileAgreesOnAllPairsButTheListed() throws IOException {
        List<Integer> misses = disagreements(true);
        assertThat(misses).isEqualTo(MISSES_OF_THE_PROFILE);
    }

    @Test
    void theDefaultsDifferOnTheListedPairs() throws IOException {
        assertThat(disagreements(false)).isEqualTo(DIFFERENCES_OF_THE_DEFAULTS);
    }

    private static List<Integer> disagreements(boolean profile) throws IOException {
        assumeTrue(
                Files.isReadable(FILE),
                () -> "skipped: no " + FILE.toAbsolutePath().normalize());
        List<String> lines = Files.readAllLines(FILE);
        List<Integer> disagreements = new ArrayList<>();
        int pairs = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains("\"kind\": \"extract\"")) {
                continue;
            }
            pairs++;
            Pair pair = pair(lines.get(i));
            CheckOptions options = profile
                    ? CheckOptions.mathVerify().withMathVerifyRules(Optional.of(pair.rules()))
                    : CheckOptions.defaults();
            Verdict verdict = new AnswerChecker(options).check(pair.gold(), pair.pred());
            if (verdict instanceof Verdict.Correct != pair.equal()) {
                disagreements.add(i);
            }
        }
        assertThat(pairs).isEqualTo(270);
        return disagreements;
    }

    private static Pair pair(String line) {
        String gold = "";
        String pred = "";
        Matcher strings = STRING.matcher(line);
        while (strings.find()) {
            String text = unescaped(strings.group(2));
            if (strings.group(1).equals("gold")) {
                gold = text;
            } else {
                pred = text;
            }
        }
        boolean equal = false;
        MathVerifyRules rules = MathVerifyRules.defaults();
        Matcher settings = SETTING.matcher(line);
        while (settings.find()) {
            String value = settings.group(2);
            switch (settings.group(1)) {
                case "expected" -> equal = value.equals("1");
                case "precision" -> rules = rules.withPrecision(Integer.parseInt(value));
                case "strict" -> rules = rules.withStrict(Boolean.parseBoolean(value));
                default -> rules = rules.withAllowSetRelation(Boolean.parseBoolean(value));
            }
        }
        return new Pair(gold, pred, equal, rules);
    }

    private static String unescaped(String json) {
        String decoded = CODE.matcher(json)
                .replaceAll(
                        code -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(code.group(1), 16))));
        return decoded.replace("\\/", "/").translateEscapes();
    }
}
