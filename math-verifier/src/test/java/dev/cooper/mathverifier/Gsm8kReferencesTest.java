package dev.cooper.mathverifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every reference of GSM8K's test split, if the file lies beside the project. */
class Gsm8kReferencesTest {
    private static final Path FILE = Path.of("..", "..", "shared", "data", "gsm8k-test.jsonl");
    private static final String FIELD = "\"answer\": \"";

    private final AnswerChecker checker = new AnswerChecker();

    @Test
    void everyReferenceEqualsItselfAndNotItsSuccessor() throws IOException {
        assumeTrue(
                Files.isReadable(FILE),
                () -> "skipped: no " + FILE.toAbsolutePath().normalize());
        List<String> lines = Files.readAllLines(FILE);
        assertThat(lines).hasSize(1319);
        for (String line : lines) {
            String solution = solution(line);
            CompiledReference reference = checker.forReference(solution);
            assertThat(reference.problem()).as(solution).isEmpty();
            BigInteger value = new BigInteger(reference.answer().replace(",", ""));
            Verdict same = reference.check("\\boxed{" + reference.answer() + "}");
            assertThat(same).as(same.explanation()).isInstanceOf(Verdict.Correct.class);
            Verdict solved = reference.check(solution);
            assertThat(solved).as(solved.explanation()).isInstanceOf(Verdict.Correct.class);
            Checks.assertIncorrect(
                    reference.check("\\boxed{" + value.add(BigInteger.ONE) + "}"), IncorrectReason.DIFFERENT_VALUE);
        }
    }

    private static String solution(String line) {
        int begin = line.indexOf(FIELD) + FIELD.length();
        String json = line.substring(begin, line.length() - "\"}".length());
        return json.replace("\\u", "u").replace("\\/", "/").translateEscapes();
    }
}
