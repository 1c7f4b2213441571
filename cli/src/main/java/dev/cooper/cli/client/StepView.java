package dev.cooper.cli.client;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A step as the server shows it.
 *
 * @param rewardBefore version that scored; null in mode rule, as {@code rewardAfter} is
 * @param metrics by their names in docs/metrics.md; empty before the step is trained
 */
public record StepView(
        long step,
        String state,
        int attempt,
        int groupsClosed,
        int groupsTotal,
        RunView.@Nullable ModelView policyBefore,
        RunView.@Nullable ModelView policyAfter,
        RunView.@Nullable ModelView rewardBefore,
        RunView.@Nullable ModelView rewardAfter,
        @Nullable String batchSha256,
        @Nullable String manifestSha256,
        Map<String, Double> metrics,
        @Nullable Instant startedAt,
        @Nullable Instant committedAt) {
    public StepView {
        metrics = metrics == null ? Map.of() : Map.copyOf(metrics);
    }

    public boolean isCommitted() {
        return committedAt != null && step > 0;
    }

    /** NaN when the step has no such figure. */
    public double metric(String name) {
        return metrics.getOrDefault(name, Double.NaN);
    }
}
