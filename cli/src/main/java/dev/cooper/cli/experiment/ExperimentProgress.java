package dev.cooper.cli.experiment;

import dev.cooper.cli.client.RunView;
import dev.cooper.cli.evaluation.SetResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Tells where an experiment is, and how long it will take. A run is reckoned to take as long as those of its mode took
 * or are about to take, or as long as any did. Thread-safe.
 */
final class ExperimentProgress {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(30);
    /** The first steps are slower than the rest. */
    private static final int TELLING = 3;

    private final Experiment experiment;
    private final List<PlannedRun> plan;
    private final Clock clock;
    private final ProgressLines lines;
    private final Map<String, Double> done = new LinkedHashMap<>();
    private final Map<String, Under> underWay = new LinkedHashMap<>();
    private Instant said;

    /** Where a run under way is, since when, and at which step it was then. */
    private record Under(Instant since, long from, long step, long of) {}

    ExperimentProgress(Experiment experiment, Clock clock, ProgressLines lines) {
        this.experiment = experiment;
        this.plan = experiment.plan();
        this.clock = clock;
        this.lines = lines;
        this.said = clock.instant();
    }

    synchronized void known(PlannedRun run, RunRecord record) {
        done.put(run.id(), record.wallSeconds());
    }

    synchronized void begins() {
        lines.say("%d runs of %d arms, %d at a time%s"
                .formatted(
                        plan.size(),
                        experiment.arms().size(),
                        experiment.parallel(),
                        done.isEmpty() ? "" : "; " + done.size() + " are done already"));
    }

    synchronized void started(PlannedRun run) {
        underWay.put(run.id(), new Under(clock.instant(), -1, 0, 0));
        lines.say(run.id() + ": begins");
    }

    synchronized void at(PlannedRun run, RunView view) {
        underWay.computeIfPresent(
                run.id(),
                (_, at) -> at.from() < 0
                        ? new Under(clock.instant(), view.step(), view.step(), view.stepsTotal())
                        : new Under(at.since(), at.from(), view.step(), view.stepsTotal()));
        if (Duration.between(said, clock.instant()).compareTo(BETWEEN_LINES) >= 0) {
            said = clock.instant();
            lines.say(status());
        }
    }

    synchronized void done(PlannedRun run, RunRecord record) {
        underWay.remove(run.id());
        done.put(run.id(), record.isUsable() ? record.wallSeconds() : Double.NaN);
        lines.say(outcome(run, record) + "; " + status());
    }

    synchronized void ends(int left) {
        if (left > 0) {
            lines.say("the time is over: " + left + " runs did not begin; start it again to go on");
        }
    }

    private static String outcome(PlannedRun run, RunRecord record) {
        if (!record.isUsable()) {
            return run.id() + ": failed: " + record.reason();
        }
        StringBuilder text = new StringBuilder(run.id()).append(": done");
        if (!record.state().equals("COMPLETED")) {
            text.append(" at step ")
                    .append(record.steps().size())
                    .append(", paused: ")
                    .append(record.reason());
        }
        record.finals().forEach((draw, results) -> {
            for (SetResult result : results) {
                text.append(
                        String.format(Locale.ROOT, ", %s %s %.1f %%", result.name(), draw, 100 * result.accuracy()));
            }
        });
        return text.append(String.format(Locale.ROOT, ", in %.0f s", record.wallSeconds()))
                .toString();
    }

    private String status() {
        List<String> parts = new ArrayList<>();
        underWay.forEach(
                (id, at) -> parts.add(at.of() == 0 ? id + " starting" : id + " step " + at.step() + " of " + at.of()));
        parts.add(done.size() + " of " + plan.size() + " runs done");
        secondsLeft().ifPresent(seconds -> parts.add("about " + words(seconds) + " left"));
        return String.join(", ", parts);
    }

    private static String words(double seconds) {
        long minutes = Math.round(seconds / 60);
        return minutes < 1
                ? "a minute"
                : minutes < 120 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
    }

    private Optional<Double> secondsLeft() {
        double sum = 0;
        double longest = 0;
        for (PlannedRun run : plan) {
            if (!done.containsKey(run.id())) {
                Optional<Double> whole = estimate(run);
                if (whole.isEmpty()) {
                    return Optional.empty();
                }
                Under at = underWay.get(run.id());
                double left = at == null || at.of() == 0 ? whole.get() : whole.get() * (at.of() - at.step()) / at.of();
                sum += left;
                longest = Math.max(longest, left);
            }
        }
        return Optional.of(Math.max(longest, sum / experiment.parallel()));
    }

    /** Seconds of a whole run. */
    private Optional<Double> estimate(PlannedRun wanted) {
        List<Double> like = new ArrayList<>();
        List<Double> any = new ArrayList<>();
        for (PlannedRun run : plan) {
            boolean trained = run.arm().mode().isPresent();
            pace(run).filter(_ -> trained || wanted.arm().mode().isEmpty()).ifPresent(seconds -> {
                any.add(seconds);
                if (run.arm().mode().equals(wanted.arm().mode())) {
                    like.add(seconds);
                }
            });
        }
        List<Double> known = like.isEmpty() ? any : like;
        return known.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        known.stream().mapToDouble(seconds -> seconds).average().orElseThrow());
    }

    private Optional<Double> pace(PlannedRun run) {
        Double took = done.get(run.id());
        if (took != null) {
            return took.isNaN() ? Optional.empty() : Optional.of(took);
        }
        Under at = underWay.get(run.id());
        if (at == null || at.from() < 0 || at.step() - at.from() < TELLING) {
            return Optional.empty();
        }
        double seconds = Duration.between(at.since(), clock.instant()).toMillis() / 1000.0;
        return Optional.of(seconds * at.of() / (at.step() - at.from()));
    }
}
