package dev.cooper.cli.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A run as the server shows it.
 *
 * @param phase state of the current step; null before the first
 * @param waitingFor stage, group or service that holds the run up; null when nothing does
 * @param reward null in mode rule
 */
public record RunView(
        String id,
        String name,
        String mode,
        String state,
        @Nullable String reason,
        long fence,
        long step,
        long stepsTotal,
        @Nullable String phase,
        @Nullable String waitingFor,
        @Nullable ModelView policy,
        @Nullable ModelView reward,
        long seed,
        @Nullable Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable JsonNode spec) {

    /** A version of a model: which one, and which bytes. */
    public record ModelView(long number, int incarnation, String checksum) {}

    public boolean isFinished() {
        return switch (state) {
            case "COMPLETED", "FAILED", "CANCELLED" -> true;
            default -> false;
        };
    }

    public boolean isCompleted() {
        return state.equals("COMPLETED");
    }
}
