package dev.cooper.cli.follow;

import dev.cooper.cli.client.RunEventView;
import dev.cooper.cli.client.RunView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Where a run is, folded from its events. One thread writes and reads it. */
final class RunProgress {
    /** Steps that the estimate of the time left looks back on. */
    private static final int WINDOW = 20;

    private final String runId;
    private final String name;
    private final long stepsTotal;
    private final boolean pairs;
    private final Deque<Instant> committed = new ArrayDeque<>();

    private long step;
    private long stepsDone;
    private String phase;
    private int groupsClosed;
    private int groupsTotal;
    private Map<String, Double> metrics = Map.of();
    private @Nullable Accuracy first;
    private @Nullable Accuracy last;

    /** Held-out accuracy after a step. */
    record Accuracy(long step, double mean, double standardError) {}

    RunProgress(RunView run) {
        this.runId = run.id();
        this.name = run.name();
        this.stepsTotal = run.stepsTotal();
        this.pairs = run.mode().equalsIgnoreCase("cooper");
        this.phase = run.state().toLowerCase(Locale.ROOT);
    }

    void apply(RunEventView event) {
        step = Math.max(step, event.step());
        switch (event.type()) {
            case "RunPreparing" -> phase = "preparing";
            case "RunStarted", "RunResumed" -> phase = "running";
            case "StepStarted" -> begin("sampling", (int) event.number("groups"));
            case "EvaluationStarted" -> begin("evaluating", (int) event.number("problems"));
            case "GroupsClosed" -> {
                groupsClosed = (int) event.number("closed");
                groupsTotal = (int) event.number("total");
            }
            case "ManifestFrozen" -> phase = "training";
            case "PolicyUpdated" -> phase = pairs ? "pairing" : phase;
            case "PairsFrozen" -> phase = "training the reward model";
            case "StepCommitted" -> commit(event);
            case "EvaluationCompleted" -> {
                phase = "evaluated";
                last = new Accuracy(event.step(), event.number("accuracy"), event.number("standard_error"));
                first = first == null ? last : first;
            }
            case "RunPaused" -> phase = "paused";
            case "RunCompleted" -> phase = "completed";
            case "RunFailed" -> phase = "failed";
            case "RunCancelled" -> phase = "cancelled";
            default -> {
                // A newer server may tell more than this client shows.
            }
        }
    }

    private void begin(String next, int groups) {
        phase = next;
        groupsClosed = 0;
        groupsTotal = groups;
    }

    private void commit(RunEventView event) {
        phase = "committed";
        stepsDone = event.step();
        metrics = metricsOf(event.data());
        if (event.at() != null) {
            committed.addLast(event.at());
            if (committed.size() > WINDOW + 1) {
                committed.removeFirst();
            }
        }
    }

    private static Map<String, Double> metricsOf(@Nullable JsonNode data) {
        Map<String, Double> numbers = new HashMap<>();
        if (data != null) {
            data.path("metrics").forEachEntry((key, value) -> numbers.put(key, value.asDouble(Double.NaN)));
        }
        return numbers;
    }

    /** Wall time a step over the last steps, evaluations and pauses included; empty before the second. */
    Optional<Duration> timeLeft() {
        if (committed.size() < 2) {
            return Optional.empty();
        }
        Duration window = Duration.between(committed.getFirst(), committed.getLast());
        return Optional.of(window.multipliedBy(stepsTotal - stepsDone).dividedBy(committed.size() - 1L));
    }

    /** Of the step committed last; NaN when it has no such figure. */
    double metric(String metric) {
        return metrics.getOrDefault(metric, Double.NaN);
    }

    /** Whether a reward model judges: it did in the step committed last. */
    boolean hasScores() {
        return metrics.containsKey("score_mean");
    }

    /** Whether a reward model is being trained. */
    boolean hasPairs() {
        return metrics.containsKey("pairs");
    }

    /** Completion tokens a second while the samplers were at work, in the step committed last. */
    double sampledTokensPerSecond() {
        return metric("tokens_sampled") / metric("seconds_sampling");
    }

    /** Completion tokens a second while the trainer was at work, in the step committed last. */
    double trainedTokensPerSecond() {
        return metric("tokens") / metric("seconds_training");
    }

    String runId() {
        return runId;
    }

    String name() {
        return name;
    }

    long step() {
        return step;
    }

    long stepsTotal() {
        return stepsTotal;
    }

    String phase() {
        return phase;
    }

    int groupsClosed() {
        return groupsClosed;
    }

    int groupsTotal() {
        return groupsTotal;
    }

    Optional<Accuracy> firstAccuracy() {
        return Optional.ofNullable(first);
    }

    Optional<Accuracy> lastAccuracy() {
        return Optional.ofNullable(last);
    }
}
