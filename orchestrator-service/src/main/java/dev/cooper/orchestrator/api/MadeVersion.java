package dev.cooper.orchestrator.api;

import dev.cooper.orchestrator.models.StoredModel;
import dev.cooper.proto.v1.ModelRef;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A version of a run's model, and what made it.
 *
 * @param made {@code initial}; {@code trained} in the step; {@code adopted} when the run went back before the step
 * @param from the version that it was made from; null of the initial one
 * @param metrics of the step that trained it, as far as they are of this model
 * @param stored where it is kept: weights or checkpoint; null when it is kept no more
 * @param bytes of its files; null likewise
 * @param pinned whether its weights stay however many are made after it
 */
@JsonNaming(SnakeCaseStrategy.class)
public record MadeVersion(
        VersionView version,
        String made,
        long step,
        @Nullable VersionView from,
        Map<String, Double> metrics,
        @Nullable String stored,
        @Nullable Long bytes,
        boolean pinned) {

    /** What the ledger has of it. */
    record Row(ModelRef version, String made, long step, Optional<ModelRef> from, Map<String, Double> metrics) {}

    static MadeVersion of(Row row, Optional<StoredModel> stored, boolean pinned) {
        return new MadeVersion(
                VersionView.of(row.version()),
                row.made(),
                row.step(),
                row.from().map(VersionView::of).orElse(null),
                row.metrics(),
                stored.map(ModelView::place).orElse(null),
                stored.map(StoredModel::bytes).orElse(null),
                pinned);
    }
}
