package dev.cooper.cli.experiment;

import java.util.List;

/**
 * Figures of as many runs.
 *
 * @param runs how many
 * @param mean NaN for none
 * @param deviation standard deviation, over n − 1; NaN for fewer than two
 * @param low the lowest
 * @param high the highest
 */
record Spread(int runs, double mean, double deviation, double low, double high) {
    /** Chance to take for a difference what is none, both sides together. */
    static final double LEVEL = 0.05;
    /** Chance to find a difference that is there. */
    static final double POWER = 0.8;

    static Spread of(List<Double> figures) {
        List<Double> finite = figures.stream().filter(Double::isFinite).toList();
        double mean = finite.stream().mapToDouble(x -> x).average().orElse(Double.NaN);
        double squares =
                finite.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
        return new Spread(
                finite.size(),
                mean,
                finite.size() < 2 ? Double.NaN : Math.sqrt(squares / (finite.size() - 1)),
                finite.stream().mapToDouble(x -> x).min().orElse(Double.NaN),
                finite.stream().mapToDouble(x -> x).max().orElse(Double.NaN));
    }

    /** Of the mean; NaN for fewer than two runs. */
    double standardError() {
        return deviation / Math.sqrt(runs);
    }

    /** Half the 95% confidence interval of the mean, by Student's t; NaN for fewer than two runs. */
    double halfInterval() {
        return runs < 2 ? Double.NaN : StudentT.quantile(1 - LEVEL / 2, runs - 1) * standardError();
    }

    /**
     * What the difference of two single runs stays below in 95% of cases if nothing but chance parts them: t(0.975) ·
     * √2 · s, with n − 1 degrees of freedom, since s is itself an estimate; NaN for fewer than two runs.
     */
    double chanceOfTwo() {
        return runs < 2 ? Double.NaN : StudentT.quantile(1 - LEVEL / 2, runs - 1) * Math.sqrt(2) * deviation;
    }

    /**
     * About the mean that as many runs with this spread would tell from 0 at the level of 5% in 80% of cases: (t(0.975)
     * + t(0.8)) · s / √n, with n − 1 degrees of freedom; NaN for fewer than two runs. With three runs it is 77%.
     */
    double detectable() {
        return runs < 2
                ? Double.NaN
                : (StudentT.quantile(1 - LEVEL / 2, runs - 1) + StudentT.quantile(POWER, runs - 1)) * standardError();
    }
}
