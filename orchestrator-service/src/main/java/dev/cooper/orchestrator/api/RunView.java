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
 * @param policy after the last committed update; null before the run is prepared
 * @param reward likewise; null in mode rule, too
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
        @Nullable VersionView policy,
        @Nullable VersionView reward,
        long seed,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Schema(type = "object") JsonNode spec) {

    static RunView of(Run run, String reason, String phase, String waitingFor, @Nullable StallView stalled) {
        boolean prepared = !run.initialChecksum().isEmpty();
        return new RunView(
                run.id(),
                run.spec().name(),
                run.spec().mode().name().toLowerCase(Locale.ROOT),
                run.state().name(),
                orNull(reason),
                run.fence(),
                run.step(),
                run.spec().steps(),
                orNull(phase),
                orNull(waitingFor),
                stalled,
                prepared ? VersionView.of(run.policy()) : null,
                prepared ? run.reward().map(VersionView::of).orElse(null) : null,
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
