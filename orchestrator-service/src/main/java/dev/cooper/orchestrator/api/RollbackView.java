package dev.cooper.orchestrator.api;

import dev.cooper.orchestrator.run.Rollback;
import java.util.List;
import java.util.Locale;

/**
 * Asked for, and not yet followed: these models go back to what they were after this step.
 *
 * @param models policy, reward or both
 */
public record RollbackView(long step, List<String> models) {
    static RollbackView of(Rollback rollback) {
        return new RollbackView(
                rollback.toStep(),
                rollback.models().stream()
                        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                        .sorted()
                        .toList());
    }
}
