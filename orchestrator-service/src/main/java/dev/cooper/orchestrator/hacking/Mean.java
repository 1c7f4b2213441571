package dev.cooper.orchestrator.hacking;

/**
 * A mean over steps in which each counts by the completions that its figure rests on.
 *
 * @param sum of value times weight
 * @param weight completions
 */
public record Mean(double sum, double weight) {

    static final Mean NONE = new Mean(0, 0);

    Mean plus(double value, double completions) {
        return new Mean(sum + value * completions, weight + completions);
    }

    /** NaN when it rests on nothing. */
    public double value() {
        return sum / weight;
    }
}
