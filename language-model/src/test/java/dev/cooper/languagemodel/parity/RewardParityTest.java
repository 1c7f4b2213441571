package dev.cooper.languagemodel.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cooper.languagemodel.model.ScoredSequence;
import dev.cooper.languagemodel.reward.LabelMetrics;
import dev.cooper.languagemodel.reward.LabelledTokens;
import dev.cooper.languagemodel.reward.RewardModel;
import dev.cooper.languagemodel.reward.RewardTrainer;
import dev.cooper.languagemodel.tokens.TokenIds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the outputs of scalar heads, their loss and its gradients with those of transformers. */
class RewardParityTest {
    private static final double TOLERANCE = 1e-4;

    @TempDir
    private Path folder;

    static Stream<String> rewardModels() {
        return Fixtures.checkpoints(true);
    }

    @ParameterizedTest
    @MethodSource("rewardModels")
    void outputsOnTheLastTokenAreTheSameWhateverTheBatch(String name) throws IOException {
        Checkpoint checkpoint = Checkpoint.of(name);
        List<TokenIds> sequences =
                checkpoint.sequences().stream().map(ScoredSequence::tokens).toList();
        double[] expected = Checkpoint.numbers(checkpoint.expected().required("outputs"));
        try (RewardModel model = RewardModel.load(checkpoint.withTokenizer(folder))) {
            for (int tokenBudget : new int[] {1, 100, 10_000}) {
                float[] outputs = model.logits(sequences, tokenBudget);
                assertThat(outputs).hasSize(expected.length);
                for (int i = 0; i < outputs.length; i++) {
                    assertThat((double) outputs[i]).isCloseTo(expected[i], within(TOLERANCE));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rewardModels")
    void theLossOfLabelsAndItsGradientsAreTheSame(String name) throws IOException {
        Checkpoint checkpoint = Checkpoint.of(name);
        double[] labels = Checkpoint.numbers(checkpoint.expected().required("labels"));
        List<LabelledTokens> examples = IntStream.range(0, labels.length)
                .mapToObj(i -> new LabelledTokens(checkpoint.sequences().get(i).tokens(), labels[i]))
                .toList();
        try (RewardModel model = RewardModel.load(checkpoint.withTokenizer(folder));
                RewardTrainer trainer = new RewardTrainer(model, GradientParityTest.GRADIENT_AS_MOMENT, 100)) {
            LabelMetrics metrics = trainer.fit(examples, 1e-6);
            assertThat(metrics.loss()).isCloseTo(checkpoint.number("loss"), within(TOLERANCE));
            GradientParityTest.assertGradients(
                    checkpoint,
                    checkpoint.expected().required("gradientNorms"),
                    GradientParityTest.gradients(trainer.optimizer(), folder));
        }
    }
}
