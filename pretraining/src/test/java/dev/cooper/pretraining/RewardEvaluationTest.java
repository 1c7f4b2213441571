package dev.cooper.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cooper.pretraining.problems.Problem;
import dev.cooper.pretraining.problems.Split;
import dev.cooper.pretraining.problems.WordProblems;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RewardEvaluationTest {
    private static final Problem PROBLEM = new WordProblems(1).at(Split.TRAINING, 0);

    @Test
    void aucIsTheShareOfRightWrongPairsInOrder() {
        // Pairs (right, wrong): (2, 1) and (2, -1) in order; (-3, 1) and (-3, -1) not.
        RewardEvaluation evaluation = evaluation(new boolean[] {true, false, true, false}, 2, 1, -3, -1);
        assertThat(evaluation.auc()).isCloseTo(0.5, within(1e-12));
        assertThat(evaluation.accuracy()).isEqualTo(0.5);
        assertThat(evaluation.correctShare()).isEqualTo(0.5);
        assertThat(evaluation.completions()).isEqualTo(4);
        assertThat(evaluation.problems()).isEqualTo(1);
    }

    @Test
    void equalScoresCountHalf() {
        assertThat(evaluation(new boolean[] {true, false, false}, 1, 1, 0).auc())
                .isCloseTo(0.75, within(1e-12));
    }

    @Test
    void aPerfectModelRanksEveryRightOneAboveEveryWrongOne() {
        RewardEvaluation evaluation = evaluation(new boolean[] {false, true, true, false}, -4, 2, 7, -1);
        assertThat(evaluation.auc()).isEqualTo(1);
        assertThat(evaluation.accuracy()).isEqualTo(1);
        assertThat(evaluation.standardError()).isZero();
    }

    @Test
    void withoutBothKindsThereIsNothingToRank() {
        assertThat(evaluation(new boolean[] {true, true}, 1, 2).auc()).isEqualTo(0.5);
    }

    private static RewardEvaluation evaluation(boolean[] right, float... logits) {
        List<LabelledCompletion> completions = new ArrayList<>();
        for (boolean isRight : right) {
            completions.add(new LabelledCompletion(PROBLEM, "text", isRight));
        }
        return RewardEvaluation.of(completions, logits);
    }
}
