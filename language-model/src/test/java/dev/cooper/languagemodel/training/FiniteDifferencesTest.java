package dev.cooper.languagemodel.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cooper.languagemodel.TestingModels;
import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.model.PlainTransformer;
import dev.cooper.languagemodel.model.ScoredSequence;
import dev.cooper.languagemodel.random.CounterRandom;
import dev.cooper.languagemodel.safetensors.SafetensorsFile;
import dev.cooper.languagemodel.tokens.LogProbs;
import dev.cooper.languagemodel.tokens.TokenIds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Compares the trainers' gradients with central differences of the same loss in float64 through
 * {@link PlainTransformer}: for each weight the derivative along a random direction. The gradient is read from the
 * optimiser's state: without decay of the first moment, that is the last step's gradient.
 */
class FiniteDifferencesTest {
    private static final AdamWSettings GRADIENT_AS_MOMENT = new AdamWSettings(0, 0.999, 1e-8, 0, 1e30);
    private static final double STEP = 1e-5;
    private static final double RATE = 1e-6;
    private static final double TOLERANCE = 1e-4; // of the gradient's norm: it is computed in float32
    private static final List<TokenIds> PROMPTS = List.of(
            TestingModels.randomTokens(3, 1), TestingModels.randomTokens(5, 2), TestingModels.randomTokens(1, 3));
    private static final List<TokenIds> COMPLETIONS = List.of(
            TestingModels.randomTokens(6, 4), TestingModels.randomTokens(2, 5), TestingModels.randomTokens(4, 6));
    private static final double[] ADVANTAGES = {1.5, -0.5, -1};

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void crossEntropy(TestingModels.Variant variant) throws IOException {
        try (CausalLanguageModel model = TestingModels.varied(variant, 3);
                SupervisedTrainer trainer = new SupervisedTrainer(model, GRADIENT_AS_MOMENT, 12)) {
            PlainTransformer plain = PlainTransformer.of(model);
            List<ScoredSequence> sequences = sequences();
            trainer.step(sequences, RATE);
            double targets =
                    sequences.stream().mapToInt(ScoredSequence::targets).sum();
            assertGradients(
                    trainer.optimizer(),
                    plain,
                    changed -> sequences.stream()
                            .mapToDouble(sequence -> -sum(logProbs(changed, sequence)) / targets)
                            .sum());
        }
    }

    @ParameterizedTest
    @EnumSource
    void policyLossWithADivergenceTerm(TestingModels.Variant variant) throws IOException {
        GrpoLossSettings settings =
                GrpoLossSettings.STANDARD.withKl(0.3, KlEstimator.K3).withImportanceCap(1.5);
        try (CausalLanguageModel policy = TestingModels.varied(variant, 3);
                CausalLanguageModel reference = TestingModels.varied(variant, 4);
                PolicyTrainer trainer = new PolicyTrainer(
                        policy,
                        Optional.of(reference),
                        new PolicySettings(settings, GRADIENT_AS_MOMENT, 1, 1, 12, true))) {
            PlainTransformer plain = PlainTransformer.of(policy);
            List<TokenValues> old = sequences().stream()
                    .map(s -> logProbs(PlainTransformer.of(policy), s))
                    .toList();
            List<TokenValues> base = sequences().stream()
                    .map(s -> logProbs(PlainTransformer.of(reference), s))
                    .toList();
            List<PolicySequence> sampled = sampled(old);
            trainer.update(sampled, RATE);
            GrpoLoss loss = new GrpoLoss(settings);
            double denominator = loss.denominator(
                    sequences().stream().map(ScoredSequence::targets).toList());
            assertGradients(trainer.optimizer(), plain, changed -> {
                List<ComputedLoss.Completion> terms = new ArrayList<>();
                for (int i = 0; i < sampled.size(); i++) {
                    terms.add(new ComputedLoss.Completion(
                            logProbs(changed, sequences().get(i)),
                            old.get(i),
                            sampled.get(i).samplerValues(),
                            Optional.of(base.get(i)),
                            ADVANTAGES[i]));
                }
                return ComputedLoss.of(loss, terms, denominator).loss();
            });
        }
    }

    private static List<ScoredSequence> sequences() {
        return Stream.of(0, 1, 2)
                .map(i -> ScoredSequence.of(PROMPTS.get(i), COMPLETIONS.get(i)))
                .toList();
    }

    /** As if an older policy had sampled them. */
    private static List<PolicySequence> sampled(List<TokenValues> logProbs) {
        List<PolicySequence> sampled = new ArrayList<>();
        for (int i = 0; i < logProbs.size(); i++) {
            float[] older = new float[logProbs.get(i).size()];
            for (int t = 0; t < older.length; t++) {
                older[t] = (float) Math.min(0, logProbs.get(i).get(t) + 0.2 - 0.3 * (t % 3));
            }
            sampled.add(new PolicySequence(PROMPTS.get(i), COMPLETIONS.get(i), LogProbs.of(older), ADVANTAGES[i]));
        }
        return sampled;
    }

    private static TokenValues logProbs(PlainTransformer model, ScoredSequence sequence) {
        double[] all = model.logProbs(sequence.tokens());
        return TokenValues.of(sequence.targets(), i -> all[sequence.from() - 1 + i]);
    }

    private static double sum(TokenValues values) {
        double sum = 0;
        for (int i = 0; i < values.size(); i++) {
            sum += values.get(i);
        }
        return sum;
    }

    private void assertGradients(AdamW optimizer, PlainTransformer plain, ToDoubleFunction<PlainTransformer> loss)
            throws IOException {
        Path file = folder.resolve("optimizer.safetensors");
        optimizer.save(file);
        try (SafetensorsFile state = SafetensorsFile.open(file)) {
            for (String name : plain.weights().keySet()) {
                float[] gradient = state.read("exp_avg." + name).values();
                double[] direction = direction(name, gradient.length);
                double expected =
                        (lossAlong(plain, name, direction, STEP, loss) - lossAlong(plain, name, direction, -STEP, loss))
                                / (2 * STEP);
                double derivative = 0;
                double squares = 0;
                for (int i = 0; i < gradient.length; i++) {
                    derivative += gradient[i] * direction[i];
                    squares += (double) gradient[i] * gradient[i];
                }
                assertThat(squares).as(name).isPositive();
                assertThat(derivative).as(name).isCloseTo(expected, within(TOLERANCE * Math.sqrt(squares)));
            }
        }
    }

    private static double[] direction(String name, int size) {
        long key = CounterRandom.key(11, name);
        double[] direction = new double[size];
        for (int i = 0; i < size; i++) {
            direction[i] = CounterRandom.gaussian(key, i);
        }
        return direction;
    }

    private static double lossAlong(
            PlainTransformer plain,
            String name,
            double[] direction,
            double step,
            ToDoubleFunction<PlainTransformer> loss) {
        double[] weight = plain.weights().getOrDefault(name, new double[0]);
        double[] kept = weight.clone();
        for (int i = 0; i < weight.length; i++) {
            weight[i] += step * direction[i];
        }
        double value = loss.applyAsDouble(plain);
        System.arraycopy(kept, 0, weight, 0, kept.length);
        return value;
    }
}
