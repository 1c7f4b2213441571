package dev.cooper.platform.stream;

import dev.cooper.platform.failure.FailureReasons;
import dev.cooper.platform.line.DeadLetterReason;
import dev.cooper.platform.line.StageResult;
import dev.cooper.platform.line.Topic;
import dev.cooper.proto.v1.FailureReason;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;

/** Counts what becomes of groups. The names are documented in the module's README. */
public final class LineMetrics {

    private static final String NONE = "none";

    private final MeterRegistry registry;

    public LineMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Starts to time one record in a stage; see {@link #finished}. */
    Timer.Sample start() {
        return Timer.start(registry);
    }

    /** Times the record and counts what became of it. */
    void finished(String stage, Topic input, StageResult result, Timer.Sample started) {
        started.stop(registry.timer("cooper.stage.duration", "stage", stage));
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
