package dev.cooper.languagemodel.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.model.ScoredSequence;
import dev.cooper.languagemodel.tokens.LogProbs;
import dev.cooper.languagemodel.training.AdamW;
import dev.cooper.languagemodel.training.AdamWSettings;
import dev.cooper.languagemodel.training.GrpoLossSettings;
import dev.cooper.languagemodel.training.PolicyMetrics;
import dev.cooper.languagemodel.training.PolicySequence;
import dev.cooper.languagemodel.training.PolicySettings;
import dev.cooper.languagemodel.training.PolicyTrainer;
import dev.cooper.languagemodel.training.SequenceScorer;
import dev.cooper.languagemodel.training.SupervisedTrainer;
import dev.cooper.languagemodel.training.TokenValues;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Compares losses and gradients of the trainers with those of transformers. The gradient is read from the optimiser's
 * state: without decay of the first moment, that is the last step's gradient.
 */
class GradientParityTest {
    static final double TOLERANCE = 1e-3;
    static final AdamWSettings GRADIENT_AS_MOMENT = new AdamWSettings(0, 0.999, 1e-8, 0, 1e30);
    private static final double RATE = 1e-6;
    private static final int[] TOKEN_BUDGETS = {1, 100, 10_000};

    @TempDir
    private Path folder;

    static Stream<String> languageModels() {
        return Fixtures.checkpoints(false);
    }

    @ParameterizedTest
    @MethodSource("languageModels")
    void crossEntropyAndItsGradientsAreTheSame(String name) throws IOException {
        Checkpoint checkpoint = Checkpoint.of(name);
        for (int tokenBudget : TOKEN_BUDGETS) {
            try (CausalLanguageModel model = LanguageModel.loadNetwork(checkpoint.folder());
                    SupervisedTrainer trainer = new SupervisedTrainer(model, GRADIENT_AS_MOMENT, tokenBudget)) {
                SupervisedTrainer.Metrics metrics = trainer.step(checkpoint.sequences(), RATE);
                assertThat(metrics.loss()).isCloseTo(checkpoint.number("loss"), within(TOLERANCE * metrics.loss()));
                assertGradients(
                        checkpoint,
                        checkpoint.expected().required("gradientNorms"),
                        gradients(trainer.optimizer(), folder));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("languageModels")
    void thePolicyGradientIsTheSame(String name) throws IOException {
        Checkpoint checkpoint = Checkpoint.of(name);
        JsonNode policy = checkpoint.expected().required("policy");
        for (int tokenBudget : TOKEN_BUDGETS) {
            PolicySettings settings = new PolicySettings(
                    GrpoLossSettings.STANDARD, GRADIENT_AS_MOMENT, 1, 1, tokenBudget, tokenBudget == 100);
            try (CausalLanguageModel model = LanguageModel.loadNetwork(checkpoint.folder());
                    PolicyTrainer trainer = new PolicyTrainer(model, Optional.empty(), settings)) {
                PolicyMetrics metrics =
                        trainer.update(sampled(model, checkpoint.sequences(), policy.required("advantages")), RATE);
                assertThat(metrics.loss())
                        .isCloseTo(policy.required("loss").asDouble(), within(TOLERANCE * Math.abs(metrics.loss())));
                assertNorms(policy.required("gradientNorms"), gradients(trainer.optimizer(), folder));
            }
        }
    }

    /** The sequences as if the model had sampled them. */
    private static List<PolicySequence> sampled(
            CausalLanguageModel model, List<ScoredSequence> sequences, JsonNode advantages) {
        List<TokenValues> logProbs = new SequenceScorer(model, 1, 1000).score(sequences);
        List<PolicySequence> sampled = new ArrayList<>();
        for (int i = 0; i < sequences.size(); i++) {
            ScoredSequence sequence = sequences.get(i);
            float[] values = new float[sequence.targets()];
            for (int t = 0; t < values.length; t++) {
                values[t] = (float) logProbs.get(i).get(t);
            }
            sampled.add(new PolicySequence(
                    sequence.tokens().slice(0, sequence.from()),
                    sequence.tokens().slice(sequence.from(), sequence.tokens().size()),
                    LogProbs.of(values),
                    advantages.get(i).asDouble()));
        }
        return sampled;
    }

    /** Gradients of the last step, by the names of the weights. */
    static ExpectedTensors gradients(AdamW optimizer, Path folder) throws IOException {
        Path file = folder.resolve("optimizer.safetensors");
        optimizer.save(file);
        return new ExpectedTensors(file);
    }

    static void assertGradients(Checkpoint checkpoint, JsonNode norms, ExpectedTensors gradients) {
        assertNorms(norms, gradients);
        List<String> whole = checkpoint.tensors().names().stream()
                .filter(name -> name.startsWith("gradient."))
                .toList();
        assertThat(whole).hasSizeGreaterThan(5).allSatisfy(name -> {
            String weight = name.substring("gradient.".length());
            assertThat(Agreement.relativeDistance(
                            gradients.values("exp_avg." + weight),
                            checkpoint.tensors().values(name)))
                    .isLessThan(TOLERANCE);
        });
    }

    private static void assertNorms(JsonNode norms, ExpectedTensors gradients) {
        Map<String, Double> expected = Checkpoint.numbersByName(norms);
        assertThat(gradients.names().stream().filter(name -> name.startsWith("exp_avg.")))
                .containsExactlyInAnyOrderElementsOf(expected.keySet().stream()
                        .map(name -> "exp_avg." + name)
                        .toList());
        expected.forEach((name, norm) -> assertThat(Agreement.norm(gradients.values("exp_avg." + name)))
                .as(name)
                .isCloseTo(norm, within(TOLERANCE * norm)));
    }
}
