package dev.cooper.languagemodel.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cooper.languagemodel.TestingModels;
import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.model.ScoredSequence;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.languagemodel.torch.GradientMode;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SupervisedTrainerTest {
    @Test
    void trainingLearnsTheTextsThatItIsGiven() {
        List<ScoredSequence> texts = texts(8);
        try (CausalLanguageModel model = TestingModels.tiny();
                SupervisedTrainer trainer = new SupervisedTrainer(model, AdamWSettings.STANDARD, 64)) {
            double first = trainer.step(texts, 1e-2).loss();
            double last = first;
            for (int i = 0; i < 60; i++) {
                last = trainer.step(texts, 1e-2).loss();
            }
            assertThat(first).isGreaterThan(2);
            assertThat(last).isLessThan(0.3);
        }
    }

    @Test
    void theLossIsTheMeanOverScoredTokensHoweverTheyAreSplit() {
        List<ScoredSequence> texts = texts(7);
        try (CausalLanguageModel model = TestingModels.tiny();
                SupervisedTrainer whole = new SupervisedTrainer(model, AdamWSettings.STANDARD, 10_000);
                SupervisedTrainer split = new SupervisedTrainer(model, AdamWSettings.STANDARD, 1)) {
            SupervisedTrainer.Metrics one = whole.step(texts, 0);
            SupervisedTrainer.Metrics other = split.step(texts, 0);
            double expected = 0;
            for (TokenValues values : new SequenceScorer(model, 1, 100).score(texts)) {
                for (int i = 0; i < values.size(); i++) {
                    expected -= values.get(i) / one.tokens();
                }
            }
            assertThat(one.loss()).isCloseTo(expected, within(1e-5));
            assertThat(other.loss()).isCloseTo(one.loss(), within(1e-5));
            assertThat(other.gradientNorm()).isCloseTo(one.gradientNorm(), within(1e-4));
        }
    }

    @Test
    void aGradientThatIsNotFiniteChangesNothing() {
        try (CausalLanguageModel model = TestingModels.tiny();
                SupervisedTrainer trainer = new SupervisedTrainer(model, AdamWSettings.STANDARD, 64)) {
            String before = model.weights().checksum();
            float[] poisoned = model.weights().array("model.norm.weight").toFloatArray();
            float[] healthy = poisoned.clone();
            poisoned[0] = Float.NaN;
            set(model, poisoned);
            assertThatThrownBy(() -> trainer.step(texts(2), 1))
                    .isInstanceOf(ArithmeticException.class)
                    .hasMessageContaining("norm is NaN, first in model.");
            set(model, healthy);
            assertThat(model.weights().checksum()).isEqualTo(before);
            assertThat(trainer.optimizer().steps()).isZero();
            assertThat(trainer.step(texts(2), 1e-3).gradientNorm()).isFinite();
        }
    }

    @Test
    void weightDecayShrinksMatricesAndLeavesNorms() {
        AdamWSettings decaying = new AdamWSettings(0.9, 0.999, 1e-8, 0.5, 1e-30);
        try (CausalLanguageModel model = TestingModels.tiny();
                SupervisedTrainer trainer = new SupervisedTrainer(model, decaying, 64)) {
            float before = model.weights().array("model.embed_tokens.weight").getFloat(0, 0);
            trainer.step(texts(2), 0.1);
            assertThat(model.weights().array("model.embed_tokens.weight").getFloat(0, 0))
                    .isCloseTo(before * 0.95f, within(1e-6f));
            assertThat(model.weights().array("model.norm.weight").toFloatArray())
                    .containsOnly(1);
        }
    }

    @Test
    void schedulesWarmUpAndDecay() {
        LearningRate constant = new LearningRate.Constant(2, 4);
        assertThat(constant.at(0)).isEqualTo(0.5);
        assertThat(constant.at(3)).isEqualTo(2);
        assertThat(constant.at(100)).isEqualTo(2);
        LearningRate cosine = new LearningRate.Cosine(1, 0.1, 2, 12);
        assertThat(cosine.at(1)).isEqualTo(1);
        assertThat(cosine.at(7)).isCloseTo(0.55, within(1e-12));
        assertThat(cosine.at(12)).isCloseTo(0.1, within(1e-12));
        assertThat(cosine.at(99)).isCloseTo(0.1, within(1e-12));
        assertThatThrownBy(() -> new LearningRate.Cosine(1, 2, 0, 10)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void set(CausalLanguageModel model, float[] values) {
        try (GradientMode _ = GradientMode.off()) {
            model.weights().array("model.norm.weight").set(values);
        }
    }

    private static List<ScoredSequence> texts(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    TokenIds tokens = TestingModels.randomTokens(8 + i, i);
                    return new ScoredSequence(tokens, 2);
                })
                .toList();
    }
}
