package dev.cooper.cli.report;

import dev.cooper.cli.client.ApiException;
import dev.cooper.cli.client.CooperClient;
import dev.cooper.cli.client.EvaluationView;
import dev.cooper.cli.client.RunView;
import dev.cooper.cli.client.StepView;
import dev.cooper.cli.local.PeakMemory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * All that a report says of a run.
 *
 * @param steps those that were trained, in order
 * @param evaluations in order; may be empty
 * @param first some rollouts of the first step
 * @param last some rollouts of the last step, of as many problems
 * @param pairs some pairs of the last step; none without a reward model that is trained
 * @param hacking what the reward model is suspected of; empty without one
 * @param likedMost what it likes most in the last step of what the rule rejects
 * @param startup from the command to a platform that serves
 * @param total from the command to the end of the run
 * @param scoring how long the reward model computed scores, beside what else went on
 */
public record RunResult(
        RunView run,
        List<StepView> steps,
        List<EvaluationView> evaluations,
        List<RolloutSample> first,
        List<RolloutSample> last,
        List<PairSample> pairs,
        Optional<HackingResult> hacking,
        List<RolloutSample> likedMost,
        Duration startup,
        Duration total,
        Duration scoring,
        PeakMemory memory) {
    /** Begins the names of the metrics that count groups without a pair. */
    static final String NO_PAIR = "pairs_none_";

    private static final int EDGE = 10;
    private static final int NOT_FOUND = 404;

    public RunResult {
        steps = List.copyOf(steps);
        evaluations = List.copyOf(evaluations);
        first = List.copyOf(first);
        last = List.copyOf(last);
        pairs = List.copyOf(pairs);
        likedMost = List.copyOf(likedMost);
    }

    /** Asks the server for what it knows of the run. */
    public static RunResult collect(
            CooperClient client, String runId, Duration startup, Duration total, Duration scoring, PeakMemory memory) {
        List<StepView> steps =
                client.steps(runId, 1).stream().filter(StepView::isCommitted).toList();
        long first = steps.isEmpty() ? 0 : steps.getFirst().step();
        long last = steps.isEmpty() ? 0 : steps.getLast().step();
        boolean paired = !steps.isEmpty() && Double.isFinite(steps.getLast().metric("pairs"));
        boolean scored = steps.stream().anyMatch(step -> Double.isFinite(step.metric("score_mean")));
        return new RunResult(
                client.run(runId),
                steps,
                client.evaluations(runId),
                archived(first, () -> RolloutSample.pick(client.rollouts(runId, first))),
                archived(last, () -> RolloutSample.pick(client.rollouts(runId, last))),
                paired ? archived(last, () -> PairSample.pick(client.pairs(runId, last))) : List.of(),
                scored ? Optional.of(HackingResult.of(client.hacking(runId))) : Optional.empty(),
                scored ? archived(last, () -> RolloutSample.likedMost(client.rollouts(runId, last))) : List.of(),
                startup,
                total,
                scoring,
                memory);
    }

    private static <T> List<T> archived(long step, Supplier<List<T>> samples) {
        if (step == 0) {
            return List.of();
        }
        try {
            return samples.get();
        } catch (ApiException e) {
            if (e.status() == NOT_FOUND) {
                // A run that failed or was cancelled may have ended before its last step was archived.
                return List.of();
            }
            throw e;
        }
    }

    /** Mean of a metric over the first steps, some at most; NaN when none has it. */
    double early(String metric) {
        return mean(firstSteps(), step -> step.metric(metric));
    }

    /** The same over the last steps. */
    double late(String metric) {
        return mean(lastSteps(), step -> step.metric(metric));
    }

    /** As {@link #early}, of a count that a step without any leaves out. */
    double earlyCount(String metric) {
        return mean(firstSteps(), step -> step.metrics().getOrDefault(metric, 0.0));
    }

    /** The same over the last steps. */
    double lateCount(String metric) {
        return mean(lastSteps(), step -> step.metrics().getOrDefault(metric, 0.0));
    }

    private List<StepView> firstSteps() {
        return steps.subList(0, Math.min(EDGE, steps.size()));
    }

    private List<StepView> lastSteps() {
        return steps.subList(Math.max(0, steps.size() - EDGE), steps.size());
    }

    /** How many steps {@link #early} and {@link #late} look at. */
    int edge() {
        return Math.min(EDGE, steps.size());
    }

    /** Completion tokens a second while the samplers were at work, groups that were left out afterwards included. */
    double sampledTokensPerSecond() {
        return sum(step -> step.metric("tokens_sampled")) / sum(step -> step.metric("seconds_sampling"));
    }

    /** Completion tokens a second while the trainer was at work. */
    double trainedTokensPerSecond() {
        return sum(step -> step.metric("tokens")) / sum(step -> step.metric("seconds_training"));
    }

    /** Share of the steps' wall time. */
    double share(String stage) {
        return seconds(stage) / seconds("total");
    }

    /** Whether any step measured it. */
    boolean has(String metric) {
        return steps.stream().anyMatch(step -> Double.isFinite(step.metric(metric)));
    }

    /** Metrics that count groups without a pair by the reason for it, those that ever counted one. */
    SortedSet<String> noPairReasons() {
        SortedSet<String> reasons = new TreeSet<>();
        for (StepView step : steps) {
            step.metrics().forEach((name, count) -> {
                if (name.startsWith(NO_PAIR) && count > 0) {
                    reasons.add(name);
                }
            });
        }
        return reasons;
    }

    /** Wall time of the steps that went into one thing. */
    record Cost(String name, double seconds) {}

    /** What the run spent on its reward model: computing scores, and what nothing else went on beside. */
    List<Cost> coOptimisation() {
        return List.of(
                new Cost("scoring", scoring.toMillis() / 1000.0),
                new Cost("waiting for pairs", seconds("pairing_waited")),
                new Cost("training", seconds("training_reward")));
    }

    double seconds(String stage) {
        return sum(step -> step.metric("seconds_" + stage));
    }

    double evaluationSeconds() {
        return evaluations.stream().mapToDouble(EvaluationView::seconds).sum();
    }

    private double sum(ToDoubleFunction<StepView> figure) {
        return steps.stream().mapToDouble(figure).filter(Double::isFinite).sum();
    }

    private static double mean(List<StepView> some, ToDoubleFunction<StepView> figure) {
        return some.stream()
                .mapToDouble(figure)
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }
}
