package dev.cooper.reward.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cooper.reward.annotation.Agreement.Counts;
import dev.cooper.reward.annotation.Annotation.JudgeLabel;
import dev.cooper.reward.annotation.Annotation.Origin;
import dev.cooper.reward.annotation.Annotation.RuleLabel;
import dev.cooper.reward.annotation.Annotation.Sampled;
import org.junit.jupiter.api.Test;

class AgreementTest {

    private static Annotation annotation(String type, String source, String verdict, Opinion opinion) {
        Origin origin = new Origin("1", source, 0, "tiny", "", 7, 1, 1, Reply.Ending.FINISHED, "ab");
        return Annotation.of(
                new Problem("1", "How many?", "42", type, ""),
                new Sampled(origin, "42"),
                new RuleLabel(verdict, "", ""),
                new JudgeLabel("judge", "", opinion, "", Reply.Ending.FINISHED, "cd"));
    }

    @Test
    void onlyWhatBothAgreeOnHasALabel() {
        assertThat(annotation("", "a", "CORRECT", Opinion.YES).goldCorrect()).isTrue();
        assertThat(annotation("", "a", "INCORRECT", Opinion.NO).goldCorrect()).isFalse();
        assertThat(annotation("", "a", "CORRECT", Opinion.NO).goldCorrect()).isNull();
        assertThat(annotation("", "a", "INCORRECT", Opinion.UNCLEAR).goldCorrect())
                .isNull();
        assertThat(annotation("", "a", "UNDECIDED", Opinion.NO).goldCorrect()).isNull();
        assertThat(annotation("", "a", "UNSCORABLE", Opinion.YES).goldCorrect()).isNull();
    }

    @Test
    void labelsAreCountedByKindAndSource() {
        Agreement.Count count = new Agreement.Count();
        count.add(annotation("number", "a", "CORRECT", Opinion.YES));
        count.add(annotation("number", "b", "CORRECT", Opinion.NO));
        count.add(annotation("words", "a", "INCORRECT", Opinion.NO));
        count.add(annotation("words", "a", "INCORRECT", Opinion.UNCLEAR));
        count.add(annotation("words", "a", "UNDECIDED", Opinion.YES));

        Agreement agreement = count.result();

        assertThat(agreement.all()).isEqualTo(new Counts(1, 1, 0, 0, 1, 1, 1));
        assertThat(agreement.all().completions()).isEqualTo(5);
        assertThat(agreement.all().kept()).isEqualTo(2);
        assertThat(agreement.all().agreement()).isEqualTo(2.0 / 3, within(1e-12));
        assertThat(agreement.bySource().get("b")).isEqualTo(new Counts(0, 1, 0, 0, 0, 0, 0));
        assertThat(agreement.byType())
                .hasEntrySatisfying(
                        "words", words -> assertThat(words.completions()).isEqualTo(3));
        assertThat(agreement.cells()).hasSize(3);
        assertThat(agreement.table()).contains("words").contains("66.7%");
    }

    @Test
    void kappaIsAgreementBeyondChance() {
        // Both say yes to 20 of 50 and no to 15; agreement .7, by chance .5.
        assertThat(new Counts(20, 5, 3, 10, 15, 0, 2).kappa()).isEqualTo(0.4, within(1e-12));
        assertThat(new Counts(5, 0, 0, 0, 0, 0, 0).kappa()).isZero();
        assertThat(Counts.NONE.kappa()).isZero();
        assertThat(Counts.NONE.agreement()).isZero();
    }
}
