package dev.cooper.pretraining;

import dev.cooper.languagemodel.model.ScoredSequence;
import java.time.Duration;
import java.util.List;

/** Adds up loss and tokens between two reports, and estimates the time left. */
final class Pace {
    private final int steps;
    private final long start = System.nanoTime();
    private long lastReport = start;
    private double lossSum;
    private long stepsSinceReport;
    private long tokens;
    private double lastLoss = Double.NaN;

    Pace(int steps) {
        this.steps = steps;
    }

    void add(List<ScoredSequence> batch, double loss) {
        lossSum += loss;
        stepsSinceReport++;
        tokens += batch.stream().mapToLong(sequence -> sequence.tokens().size()).sum();
    }

    /** Reports what was added since the report before. */
    Progress.Trained report(int step, double learningRate) {
        long now = System.nanoTime();
        lastLoss = lossSum / stepsSinceReport;
        double seconds = Math.max(1, now - lastReport) / 1e9;
        Duration remaining = Duration.ofNanos((long) ((now - start) / (double) step * (steps - step)));
        Progress.Trained report =
                new Progress.Trained(step, steps, lastLoss, learningRate, tokens / seconds, remaining);
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
