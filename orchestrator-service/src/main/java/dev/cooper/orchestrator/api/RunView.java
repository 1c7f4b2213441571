package dev.cooper.orchestrator.api;

import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.spec.RunSpecJson;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A run, as REST shows it.
 *
 * @param reason why it is paused, failed or queued; null otherwise
 * @param step that is open or was closed last
 * @param phase state of that step; null before the first
 * @param waitingFor what it waits for now, for people; null when nothing, or when another process drives it
 * @param stalled there when nothing has moved for too long; null otherwise
 * @param rollback asked for and not yet followed; null otherwise
 * @param policy after the last committed update; null before the run is prepared
 * @param reward likewise; null in mode rule, too
 * @param estimates what it needs, as estimated when it was created: memory_bytes by role, disk_bytes by what takes it,
 *     log_bytes, largest_record_bytes
 * @param secondsLeft from its last steps, or from those of another run before; null when nothing was measured
 * @param spec with its defaults filled in
 */
@JsonNaming(SnakeCaseStrategy.class)
public record RunView(
        String id,
        String name,
        String mode,
        String state,
        @Nullable String reason,
        long fence,
        long step,
        int stepsTotal,
        @Nullable String phase,
        @Nullable String waitingFor,
        @Nullable StallView stalled,
        @Nullable RollbackView rollback,
        @Nullable VersionView policy,
        @Nullable VersionView reward,
        @Schema(type = "object") @Nullable Object estimates,
        @Nullable Double secondsLeft,
        long seed,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Schema(type = "object") JsonNode spec) {

    /** What is known of a run beside its row; texts are empty when there is nothing to say. */
    record Now(
            String reason,
            String phase,
            String waitingFor,
            @Nullable StallView stalled,
            @Nullable Object estimates,
            @Nullable Double secondsLeft) {}

    static RunView of(Run run, Now now) {
        boolean prepared = !run.initialChecksum().isEmpty();
        return new RunView(
                run.id(),
                run.spec().name(),
                run.spec().mode().name().toLowerCase(Locale.ROOT),
                run.state().name(),
                orNull(now.reason()),
                run.fence(),
                run.step(),
                run.spec().steps(),
                orNull(now.phase()),
                orNull(now.waitingFor()),
                now.stalled(),
                run.rollback().map(RollbackView::of).orElse(null),
                prepared ? VersionView.of(run.policy()) : null,
                prepared ? run.reward().map(VersionView::of).orElse(null) : null,
                now.estimates(),
                now.secondsLeft(),
                run.spec().seed(),
                run.createdAt(),
                run.startedAt().orElse(null),
                run.finishedAt().orElse(null),
                RunSpecJson.write(run.spec()));
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
