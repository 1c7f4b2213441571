package dev.cooper.orchestrator.api;

import dev.cooper.orchestrator.models.StoredModel;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A model as it was after a step.
 *
 * @param model policy or reward
 * @param stored where the version is kept: weights or checkpoint; null when it is kept no more
 * @param folder in Hugging Face layout; null likewise
 * @param bytes of its files; null likewise
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ModelView(
        String runId,
        long step,
        String model,
        VersionView version,
        @Nullable String stored,
        @Nullable String folder,
        @Nullable Long bytes) {
    static ModelView of(String runId, long step, ModelKind kind, ModelRef version, Optional<StoredModel> stored) {
        return new ModelView(
                runId,
                step,
                kind.name().toLowerCase(Locale.ROOT),
                VersionView.of(version),
                stored.map(ModelView::place).orElse(null),
                stored.map(model -> model.folder().toString()).orElse(null),
                stored.map(StoredModel::bytes).orElse(null));
    }

    static String place(StoredModel stored) {
        return stored.place().name().toLowerCase(Locale.ROOT);
    }
}
