package dev.cooper.languagemodel.training;

import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.torch.Losses;
import dev.cooper.languagemodel.torch.Torch;
import java.util.List;
import java.util.Optional;

/**
 * The clipped policy-gradient loss of GRPO as a function in float64, with its derivative by each token's log π, from
 * which the tensors' backward pass starts: so there is one loss, not one for reading and one for training. It is
 * computed where log π is, and reads nothing back.
 *
 * <p>With ρ = exp(log π − log π_old), the exponent clamped to ±20, a token's loss is max(−ρA, −clip(ρ, 1 − low, 1 +
 * high)A); for A &lt; 0 at most −cA with dual clip (Ye et al., 2020); plus β times the divergence. With one ratio a
 * sequence (GSPO, Zheng et al., 2025), log ρ is the mean over its tokens.
 */
public final class GrpoLoss {
    private final GrpoLossSettings settings;

    /** A loss with settings. */
    public GrpoLoss(GrpoLossSettings settings) {
        this.settings = settings;
    }

    /** The denominator of a step with these completion lengths, to be passed to every part of it. */
    public double denominator(List<Integer> lengths) {
        return switch (settings.aggregation()) {
            case TOKEN_MEAN -> lengths.stream().mapToLong(Integer::longValue).sum();
            case SEQUENCE_MEAN, SEQUENCE_SUM -> lengths.size();
        };
    }

    /**
     * The part of the loss that these completions make, over the step's denominator: parts of a step add up to the
     * step's loss, however it is split. {@link PartSums} reads the sums.
     *
     * @param scored log π and entropy of the completions' tokens, one completion behind the other
     */
    public Losses.Part of(Torch.Scored scored, List<GrpoTerms> completions, double denominator) {
        NDManager owner = scored.logProbs().getManager();
        return Losses.policy(scored, known(owner, completions, denominator), rule(completions));
    }

    private Losses.KnownTokens known(NDManager owner, List<GrpoTerms> completions, double denominator) {
        int tokens = completions.stream().mapToInt(GrpoTerms::size).sum();
        double[] values = new double[6 * tokens];
        long[] sequence = new long[tokens];
        int place = 0;
        for (int i = 0; i < completions.size(); i++) {
            GrpoTerms terms = completions.get(i);
            double weight = tokenWeight(terms.size(), denominator);
            for (int t = 0; t < terms.size(); t++) {
                values[place] = valueAt(terms.oldLogProbs(), t);
                values[tokens + place] = terms.samplerLogProbs().get(t);
                values[2 * tokens + place] = valueAt(terms.referenceLogProbs(), t);
                values[3 * tokens + place] = terms.advantage();
                values[4 * tokens + place] = weight;
                values[5 * tokens + place] = terms.size();
                sequence[place++] = i;
            }
        }
        return Losses.KnownTokens.send(owner, values, sequence, completions.size());
    }

    private static double valueAt(Optional<TokenValues> values, int token) {
        return values.isPresent() ? values.get().get(token) : 0;
    }

    private double tokenWeight(int tokens, double denominator) {
        return switch (settings.aggregation()) {
            case TOKEN_MEAN -> 1 / denominator;
            case SEQUENCE_MEAN -> 1 / (denominator * tokens);
            case SEQUENCE_SUM -> 1 / (denominator * settings.constantLength());
        };
    }

    private Losses.PolicyRule rule(List<GrpoTerms> completions) {
        boolean hasReference = allOrNone(
                "referenceLogProbs",
                completions.stream().map(GrpoTerms::referenceLogProbs).toList());
        if (settings.klCoefficient() > 0 && !hasReference) {
            throw new IllegalArgumentException("klCoefficient is above 0, but there are no referenceLogProbs");
        }
        return new Losses.PolicyRule(
                !allOrNone(
                        "oldLogProbs",
                        completions.stream().map(GrpoTerms::oldLogProbs).toList()),
                hasReference,
                settings.sequenceRatio(),
                1 - settings.clipLow(),
                1 + settings.clipHigh(),
                settings.dualClip() > 0 ? settings.dualClip() : Double.POSITIVE_INFINITY,
                settings.importanceCap(),
                settings.klCoefficient(),
                settings.klEstimator().number());
    }

    private static boolean allOrNone(String name, List<Optional<TokenValues>> values) {
        long given = values.stream().filter(Optional::isPresent).count();
        if (given != 0 && given != values.size()) {
            throw new IllegalArgumentException(
                    "%d of %d completions have %s; all must, or none".formatted(given, values.size(), name));
        }
        return given > 0;
    }
}
