package dev.cooper.pretraining;

import java.time.Duration;

/** Adds up loss and tokens between two reports, and estimates the time left. */
final class Pace {
    private final String phase;
    private final int steps;
    private final long start = System.nanoTime();
    private long lastReport = start;
    private double lossSum;
    private long stepsSinceReport;
    private long tokens;
    private double lastLoss = Double.NaN;

    Pace(String phase, int steps) {
        this.phase = phase;
        this.steps = steps;
    }

    /** Adds a step by its loss and the tokens it read. */
    void add(double loss, long read) {
        lossSum += loss;
        stepsSinceReport++;
        tokens += read;
    }

    /** Reports what was added since the report before. */
    Progress.Trained report(int step, double learningRate) {
        long now = System.nanoTime();
        lastLoss = lossSum / stepsSinceReport;
        double seconds = Math.max(1, now - lastReport) / 1e9;
        Duration remaining = Duration.ofNanos((long) ((now - start) / (double) step * (steps - step)));
        Progress.Trained report =
                new Progress.Trained(phase, step, steps, lastLoss, learningRate, tokens / seconds, remaining);
        lastReport = now;
        lossSum = 0;
        stepsSinceReport = 0;
        tokens = 0;
        return report;
    }

    /** Mean loss of the last report; not a number before the first. */
    double lastLoss() {
        return lastLoss;
    }
}
