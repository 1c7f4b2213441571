package dev.cooper.platform.stream;

import dev.cooper.platform.failure.FailureReasons;
import dev.cooper.platform.line.DeadLetterReason;
import dev.cooper.platform.line.StageResult;
import dev.cooper.platform.line.Topic;
import dev.cooper.proto.v1.FailureReason;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Counts what becomes of groups. The names are documented in the module's README. */
public final class LineMetrics {

    private static final String NONE = "none";
    /** From a check of a short answer to a batch of a large model. */
    private static final List<Integer> BUCKETS_MS =
            List.of(1, 5, 25, 100, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000, 1_200_000);

    private final MeterRegistry registry;

    public LineMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Upper bounds of the buckets in which work on the line is timed, the same for all. */
    public static Duration[] buckets() {
        return BUCKETS_MS.stream().map(Duration::ofMillis).toArray(Duration[]::new);
    }

    /** Starts to time one record in a stage; see {@link #finished}. */
    Timer.Sample start() {
        return Timer.start(registry);
    }

    /** Times the record and counts what became of it. */
    void finished(String stage, Topic input, StageResult result, Timer.Sample started) {
        started.stop(Timer.builder("cooper.stage.duration")
                .description("from taking a record in to its answer in the log")
                .tag("stage", stage)
                .serviceLevelObjectives(buckets())
                .register(registry));
        count(stage, input, result);
    }

    /** Counts what became of a record. */
    void count(String stage, Topic input, StageResult result) {
        switch (result) {
            case StageResult.Done _ -> group(stage, "done", NONE);
            case StageResult.Failed failed -> group(stage, "failed", FailureReasons.tag(failed.reason()));
            case StageResult.PassedAlong passed -> group(stage, "passed_along", FailureReasons.tag(passed.reason()));
            case StageResult.Dropped dropped ->
                group(stage, "dropped", dropped.why().name().toLowerCase(Locale.ROOT));
            case StageResult.DeadLettered letter -> {
                deadLetter(input, letter.reason());
                if (letter.failure() != null) {
                    group(stage, "failed", FailureReasons.tag(FailureReason.BAD_INPUT));
                }
            }
            case StageResult.Early _ -> group(stage, "early", NONE);
        }
    }

    /** Counts a record that was put aside. */
    public void deadLetter(Topic topic, DeadLetterReason reason) {
        registry.counter(
                        "cooper.dead.letters",
                        "topic",
                        topic.suffix(),
                        "reason",
                        reason.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    private void group(String stage, String outcome, String reason) {
        registry.counter("cooper.groups", "stage", stage, "outcome", outcome, "reason", reason)
                .increment();
    }
}
