package dev.cooper.languagemodel.training;

/**
 * Sums over tokens, that add up over the parts of a step.
 *
 * @param tokens number of tokens
 * @param clippedLow tokens of negative advantage whose ratio was clipped from below
 * @param clippedHigh tokens of positive advantage whose ratio was clipped from above
 * @param dualClipped tokens whose loss the dual clip bounded
 * @param klSum estimated divergence from the reference policy
 * @param oldKlSum sum of log π_old − log π
 * @param mismatchSum sum of |log π_sampler − log π_old|
 * @param mismatchMax greatest of these
 */
public record GrpoDiagnostics(
        long tokens,
        long clippedLow,
        long clippedHigh,
        long dualClipped,
        double klSum,
        double oldKlSum,
        double mismatchSum,
        double mismatchMax) {
    /** Of tokens with nothing to tell. */
    static GrpoDiagnostics ofTokens(long tokens) {
        return new GrpoDiagnostics(tokens, 0, 0, 0, 0, 0, 0, 0);
    }

    /** From the sums of {@link dev.cooper.languagemodel.torch.Losses#policy}. */
    static GrpoDiagnostics of(long tokens, double[] sums) {
        return new GrpoDiagnostics(
                tokens,
                Math.round(sums[1]),
                Math.round(sums[2]),
                Math.round(sums[3]),
                sums[4],
                sums[5],
                sums[6],
                sums[7]);
    }

    /** Of both. */
    public GrpoDiagnostics plus(GrpoDiagnostics other) {
        return new GrpoDiagnostics(
                tokens + other.tokens,
                clippedLow + other.clippedLow,
                clippedHigh + other.clippedHigh,
                dualClipped + other.dualClipped,
                klSum + other.klSum,
                oldKlSum + other.oldKlSum,
                mismatchSum + other.mismatchSum,
                Math.max(mismatchMax, other.mismatchMax));
    }

    /** A count as a share of the tokens, 0 for none. */
    public double share(long count) {
        return perToken((double) count);
    }

    /** A sum as a mean over the tokens, 0 for none. */
    public double perToken(double sum) {
        return tokens == 0 ? 0 : sum / tokens;
    }
}
