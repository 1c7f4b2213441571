package dev.cooper.orchestrator.archive;

import dev.cooper.orchestrator.run.Origin;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.proto.v1.Manifest;
import dev.cooper.proto.v1.ModelRef;
import java.util.List;
import java.util.Optional;

/**
 * What an archived step did to one model.
 *
 * @param after equal to {@code before} when there was nothing to learn
 * @param batchSha256 as the trainer hashed the batch; empty when nothing was trained
 * @param manifest the records that the model was trained on; without records when there were none
 * @param origin where {@code before} has its weights from, when the step began by going back
 * @param records the manifest's records in its order, each of which has the SHA-256 that the manifest names
 */
public record ArchivedUpdate(
        ModelRef before,
        Optional<ModelRef> after,
        String batchSha256,
        Manifest manifest,
        Optional<Origin> origin,
        List<LogRecord> records) {
    public ArchivedUpdate {
        records = List.copyOf(records);
    }
}
