package dev.cooper.mathverifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {
    private final AnswerChecker checker = new AnswerChecker();

    @Test
    void aBatchGivesTheVerdictsOfSingleChecksInOrder() {
        List<Attempt> attempts = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            String reference = i % 50 == 0 ? "" : String.valueOf(i % 7);
            attempts.add(new Attempt(
                    reference, "\\boxed{" + i % 11 + "}", i % 13 == 0 ? Ending.TRUNCATED : Ending.FINISHED));
        }
        List<Verdict> expected = attempts.stream()
                .map(attempt -> checker.forReference(attempt.reference()).check(attempt.completion(), attempt.ending()))
                .toList();
        assertThat(checker.checkAll(attempts)).isEqualTo(expected);
        assertThat(expected).extracting(Verdict::kind).contains("CORRECT", "INCORRECT", "UNSCORABLE");
        assertThat(checker.checkAll(List.of())).isEmpty();
    }

    @Test
    void aVerdictNamesItsKindAndWhatDecided() {
        Verdict correct = checker.check("18", "\\boxed{18.0}");
        assertThat(correct.kind()).isEqualTo("CORRECT");
        assertThat(correct.code()).isEqualTo("SAME_VALUE");
        assertThat(checker.check("18", "").code()).isEqualTo("NO_ANSWER");
    }
}
