package dev.cooper.pretraining;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.pretraining.problems.Problem;
import dev.cooper.pretraining.problems.Sign;
import dev.cooper.pretraining.problems.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private static final Problem SEVEN = new Problem(
            "Ana has 3 pens and buys 4. How many?", "pens", List.of(3, 4), List.of(new Step(0, Sign.PLUS, 1)));

    @Test
    void theBoxDecides() {
        assertThat(Answers.isCorrect(SEVEN, ended("3 + 4 = 8. \\boxed{7}"))).isTrue();
        assertThat(Answers.isCorrect(SEVEN, ended("3 + 4 = 7. \\boxed{8}"))).isFalse();
        assertThat(Answers.isReadablyWrong(SEVEN, ended("3 + 4 = 7. \\boxed{8}")))
                .isTrue();
        assertThat(Answers.isReadablyWrong(SEVEN, ended("3 + 4 = 8. \\boxed{7}")))
                .isFalse();
    }

    @Test
    void whatBoxesNoNumberIsNeitherCorrectNorReadablyWrong() {
        for (String text : List.of("\\boxed{}", "\\boxed{x}", "\\boxed{7", "\\boxed{99999999999}", "it is 8", "")) {
            assertThat(Answers.boxesANumber(SEVEN, ended(text))).as(text).isFalse();
            assertThat(Answers.isReadablyWrong(SEVEN, ended(text))).as(text).isFalse();
        }
    }

    @Test
    void aTextThatWasCutOffCountsAsNothing() {
        TextSampler.Text cut = new TextSampler.Text("\\boxed{7}", false, 3);
        assertThat(Answers.isCorrect(SEVEN, cut)).isFalse();
        assertThat(Answers.boxesANumber(SEVEN, cut)).isFalse();
    }

    private static TextSampler.Text ended(String text) {
        return new TextSampler.Text(text, true, 3);
    }
}
