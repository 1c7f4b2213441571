package dev.cooper.languagemodel.training;

import java.util.ArrayList;
import java.util.List;

/**
 * The clipped policy-gradient loss of GRPO as a pure function in float64, with its derivative by each token's log π,
 * from which the tensors' backward pass starts: so there is one loss, not one for reading and one for training.
 *
 * <p>With ρ = exp(log π − log π_old), the exponent clamped to ±20, a token's loss is max(−ρA, −clip(ρ, 1 − low, 1 +
 * high)A); for A &lt; 0 at most −cA with dual clip (Ye et al., 2020); plus β times the divergence. With one ratio a
 * sequence (GSPO, Zheng et al., 2025), log ρ is the mean over its tokens.
 */
public final class GrpoLoss {
    private static final double LOG_RATIO_BOUND = 20;

    private final GrpoLossSettings settings;

    /** A loss with settings. */
    public GrpoLoss(GrpoLossSettings settings) {
        this.settings = settings;
    }

    /**
     * Part of a step's loss.
     *
     * @param loss sum over the given completions, over the step's denominator
     * @param gradients derivative of that by each token's log π
     * @param diagnostics sums over the tokens
     */
    public record Result(double loss, List<TokenValues> gradients, GrpoDiagnostics diagnostics) {}

    /** The denominator of a step with these completion lengths, to be passed to every part of it. */
    public double denominator(List<Integer> lengths) {
        return switch (settings.aggregation()) {
            case TOKEN_MEAN -> lengths.stream().mapToLong(Integer::longValue).sum();
            case SEQUENCE_MEAN, SEQUENCE_SUM -> lengths.size();
        };
    }

    /**
     * The part of the loss that these completions make. Parts of a step add up to the step's loss, however it is split.
     */
    public Result of(List<GrpoTerms> completions, double denominator) {
        double loss = 0;
        List<TokenValues> gradients = new ArrayList<>();
        GrpoDiagnostics diagnostics = GrpoDiagnostics.NONE;
        for (GrpoTerms terms : completions) {
            OneCompletion part = new OneCompletion(terms, tokenWeight(terms, denominator));
            loss += part.loss;
            gradients.add(TokenValues.of(part.gradients));
            diagnostics = diagnostics.plus(part.diagnostics());
        }
        return new Result(loss, List.copyOf(gradients), diagnostics);
    }

    private double tokenWeight(GrpoTerms terms, double denominator) {
        return switch (settings.aggregation()) {
            case TOKEN_MEAN -> 1 / denominator;
            case SEQUENCE_MEAN -> 1 / (denominator * terms.logProbs().size());
            case SEQUENCE_SUM -> 1 / (denominator * settings.constantLength());
        };
    }

    /** The loss of a token without divergence, its derivative by log ρ, and which bound held. */
    private record Clipped(double loss, double derivative, boolean low, boolean high, boolean dual) {}

    private Clipped clipped(double logRatio, double advantage) {
        boolean clamped = Math.abs(logRatio) > LOG_RATIO_BOUND;
        double ratio = Math.exp(Math.clamp(logRatio, -LOG_RATIO_BOUND, LOG_RATIO_BOUND));
        double free = -ratio * advantage;
        double bounded = -Math.clamp(ratio, 1 - settings.clipLow(), 1 + settings.clipHigh()) * advantage;
        boolean clips = bounded > free;
        double loss = clips ? bounded : free;
        boolean dual = settings.dualClip() > 0 && advantage < 0 && loss > -settings.dualClip() * advantage;
        if (dual) {
            loss = -settings.dualClip() * advantage;
        }
        double derivative = clips || dual || clamped ? 0 : free;
        return new Clipped(loss, derivative, clips && advantage < 0, clips && advantage > 0, dual);
    }

    private final class OneCompletion {
        private final GrpoTerms terms;
        private final int size;
        final double[] gradients;
        double loss;
        private int low;
        private int high;
        private int dual;
        private double klSum;

        OneCompletion(GrpoTerms terms, double weight) {
            this.terms = terms;
            size = terms.logProbs().size();
            gradients = new double[size];
            if (settings.sequenceRatio()) {
                addSequenceRatio(weight);
            } else {
                addTokenRatios(weight);
            }
            addDivergence(weight);
        }

        private void addTokenRatios(double weight) {
            for (int i = 0; i < size; i++) {
                Clipped token = clipped(logRatio(i), terms.advantage());
                double importance = weight * importance(i);
                loss += importance * token.loss;
                gradients[i] += importance * token.derivative;
                count(token);
            }
        }

        private void addSequenceRatio(double weight) {
            double mean = 0;
            double importance = 0;
            for (int i = 0; i < size; i++) {
                mean += logRatio(i) / size;
                importance += weight * importance(i);
            }
            Clipped shared = clipped(mean, terms.advantage());
            loss += importance * shared.loss;
            for (int i = 0; i < size; i++) {
                gradients[i] += importance * shared.derivative / size;
                count(shared);
            }
        }

        private void addDivergence(double weight) {
            if (terms.referenceLogProbs().isEmpty()) {
                if (settings.klCoefficient() > 0) {
                    throw new IllegalArgumentException("klCoefficient is above 0, but there are no referenceLogProbs");
                }
                return;
            }
            TokenValues reference = terms.referenceLogProbs().get();
            for (int i = 0; i < size; i++) {
                double difference = reference.get(i) - terms.logProbs().get(i);
                double d = Math.clamp(difference, -LOG_RATIO_BOUND, LOG_RATIO_BOUND);
                double kl = settings.klEstimator().value(d);
                klSum += kl;
                loss += weight * settings.klCoefficient() * kl;
                if (d == difference) {
                    gradients[i] += weight
                            * settings.klCoefficient()
                            * settings.klEstimator().derivative(d);
                }
            }
        }

        private double logRatio(int i) {
            return terms.logProbs().get(i) - terms.oldLogProbs().get(i);
        }

        private double importance(int i) {
            if (settings.importanceCap() == 0) {
                return 1;
            }
            double ratio = terms.oldLogProbs().get(i) - terms.samplerLogProbs().get(i);
            return Math.min(settings.importanceCap(), Math.exp(Math.min(ratio, LOG_RATIO_BOUND)));
        }

        private void count(Clipped token) {
            low += token.low ? 1 : 0;
            high += token.high ? 1 : 0;
            dual += token.dual ? 1 : 0;
        }

        GrpoDiagnostics diagnostics() {
            double oldKl = 0;
            double mismatchSum = 0;
            double mismatchMax = 0;
            for (int i = 0; i < size; i++) {
                oldKl -= logRatio(i);
                double mismatch = Math.abs(
                        terms.samplerLogProbs().get(i) - terms.oldLogProbs().get(i));
                mismatchSum += mismatch;
                mismatchMax = Math.max(mismatchMax, mismatch);
            }
            return new GrpoDiagnostics(size, low, high, dual, klSum, oldKl, mismatchSum, mismatchMax);
        }
    }
}
