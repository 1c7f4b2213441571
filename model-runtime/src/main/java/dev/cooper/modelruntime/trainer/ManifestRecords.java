package dev.cooper.modelruntime.trainer;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.Sha256;
import dev.cooper.platform.line.Topic;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.Manifest;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.RecordRef;
import dev.cooper.proto.v1.TrainRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A manifest's records, each proven to be the one that was frozen, in the order of their slots. */
final class ManifestRecords {

    private ManifestRecords() {}

    /**
     * @throws CooperException BAD_INPUT if the manifest is not of the request's run, step and kind, names a slot twice,
     *     or a record of another topic than the kind's; INTERNAL if a record is missing or not the one that was frozen
     */
    static List<LogRecord> read(TrainRequest request, ModelKind kind, ManifestReader reader) {
        Manifest manifest = request.getManifest();
        requireFits(request, kind, manifest);
        Manifest bySlot = manifest.toBuilder()
                .clearRecords()
                .addAllRecords(sorted(manifest.getRecordsList()))
                .build();
        List<LogRecord> records = reader.read(bySlot);
        if (records.size() != bySlot.getRecordsCount()) {
            throw new CooperException(
                    FailureReason.INTERNAL,
                    "the manifest of step " + request.getStep() + " names " + bySlot.getRecordsCount() + " records, "
                            + records.size() + " were read");
        }
        for (int i = 0; i < records.size(); i++) {
            requireTopic(kind, bySlot.getRecords(i), records.get(i));
            requireSame(bySlot.getRecords(i), records.get(i));
        }
        return List.copyOf(records);
    }

    private static List<RecordRef> sorted(List<RecordRef> references) {
        List<RecordRef> sorted = new ArrayList<>(references);
        sorted.sort(Comparator.comparingInt(RecordRef::getSlot));
        return sorted;
    }

    private static void requireFits(TrainRequest request, ModelKind kind, Manifest manifest) {
        if (!manifest.getRunId().equals(request.getRunId())
                || manifest.getStep() != request.getStep()
                || manifest.getKind() != kind) {
            throw CooperException.badInput(
                    "manifest",
                    "the manifest is of run '" + manifest.getRunId() + "', step " + manifest.getStep() + ", "
                            + manifest.getKind() + ", the request of run '" + request.getRunId() + "', step "
                            + request.getStep() + ", " + kind);
        }
        Set<Integer> slots = new HashSet<>();
        for (RecordRef reference : manifest.getRecordsList()) {
            if (!slots.add(reference.getSlot())) {
                throw CooperException.badInput(
                        "manifest.records", "slot " + reference.getSlot() + " is in the manifest twice");
            }
        }
    }

    private static void requireTopic(ModelKind kind, RecordRef reference, LogRecord record) {
        Topic wanted = kind == ModelKind.REWARD ? Topic.PAIRS : Topic.SCORED;
        if (record.topic() != wanted) {
            throw CooperException.badInput(
                    "manifest.records",
                    "slot " + reference.getSlot() + " is a record of topic " + reference.getTopic() + "; the " + kind
                            + " model trains on records of " + wanted.suffix());
        }
    }

    private static void requireSame(RecordRef reference, LogRecord record) {
        String found = Sha256.hex(record.value());
        if (record.partition() != reference.getPartition()
                || record.offset() != reference.getOffset()
                || !found.equals(reference.getSha256())) {
            throw new CooperException(
                    FailureReason.INTERNAL,
                    "the record of slot " + reference.getSlot() + " at " + reference.getTopic() + "-"
                            + reference.getPartition() + "@" + reference.getOffset()
                            + " is not the one that was frozen: SHA-256 " + found + ", frozen was "
                            + reference.getSha256());
        }
    }
}
