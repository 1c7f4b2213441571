package dev.cooper.cli.replay;

import java.util.OptionalDouble;

/** Groups added up, so that a step's texts need not be kept to compare whole runs. */
final class ComparisonSums {
    private long groups;
    private long excluded;
    private long completions;
    private double logged;
    private double other;
    private double difference;
    private double greatest;
    private long correct;
    private long trained;
    private long signChanges;
    private double advantageChange;
    private long lost;
    private long gained;
    private final Correlation correlation = new Correlation();

    /** Sums from which Pearson's correlation follows. */
    private static final class Correlation {
        private double n;
        private double x;
        private double y;
        private double xx;
        private double yy;
        private double xy;

        void add(double a, double b) {
            n++;
            x += a;
            y += b;
            xx += a * a;
            yy += b * b;
            xy += a * b;
        }

        OptionalDouble value() {
            double spread = (n * xx - x * x) * (n * yy - y * y);
            return spread > 0 ? OptionalDouble.of((n * xy - x * y) / Math.sqrt(spread)) : OptionalDouble.empty();
        }
    }

    void exclude() {
        excluded++;
    }

    void add(ComparedGroup group) {
        groups++;
        lost += group.taught() && !group.wouldTeach() ? 1 : 0;
        gained += !group.taught() && group.wouldTeach() ? 1 : 0;
        group.completions().forEach(this::add);
    }

    private void add(ComparedCompletion completion) {
        completions++;
        logged += completion.rewardLogged();
        other += completion.rewardOther();
        double apart = Math.abs(completion.rewardOther() - completion.rewardLogged());
        difference += apart;
        greatest = Math.max(greatest, apart);
        correct += completion.verdict().equals("CORRECT") ? 1 : 0;
        if (completion.isTrained()) {
            trained++;
            signChanges += completion.changesSign() ? 1 : 0;
            advantageChange += completion.advantageChange();
            correlation.add(
                    completion.advantageLogged().orElseThrow(),
                    completion.advantageOther().orElseThrow());
        }
    }

    RewardComparison compared() {
        return new RewardComparison(
                groups,
                excluded,
                completions,
                mean(logged, completions),
                mean(other, completions),
                mean(difference, completions),
                greatest,
                mean((double) correct, completions),
                signChanges,
                mean((double) signChanges, trained),
                mean(advantageChange, trained),
                correlation.value(),
                lost,
                gained);
    }

    private static double mean(double sum, long count) {
        return count == 0 ? 0 : sum / count;
    }
}
