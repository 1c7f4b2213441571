package dev.cooper.orchestrator.run;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.proto.v1.Manifest;
import dev.cooper.proto.v1.Pair;
import dev.cooper.proto.v1.PairOutcome;
import dev.cooper.proto.v1.RecordRef;
import dev.cooper.proto.v1.VerdictKind;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads topic pairs for one step: only an outcome that was made from the manifest's own record of its slot counts. */
final class PairRecords implements ClosingRecord<PairOutcome> {

    private final Map<Integer, RecordRef> groups;

    /** @param groups what the step's policy was trained on */
    PairRecords(Manifest groups) {
        this.groups =
                groups.getRecordsList().stream().collect(Collectors.toMap(RecordRef::getSlot, Function.identity()));
    }

    @Override
    public Optional<ClosedGroup<PairOutcome>> read(LogRecord record, GroupHeaders headers) {
        PairOutcome outcome;
        try {
            outcome = PairOutcome.parseFrom(record.value());
        } catch (InvalidProtocolBufferException e) {
            return Optional.of(ClosedGroup.Unreadable.value(record, "not a message of this topic: " + e.getMessage()));
        }
        if (!Judged.isOf(headers, outcome.getGroup())) {
            return Optional.of(ClosedGroup.Unreadable.otherGroup(record));
        }
        // A failure made from headers alone names no record; its attempt is enough.
        boolean fromHeaders = outcome.hasFailure() && !outcome.hasScored();
        if (!fromHeaders && !isOfTheManifest(headers.slot(), outcome.getScored())) {
            return Optional.empty();
        }
        return Optional.of(
                switch (outcome.getOutcomeCase()) {
                    case PAIR -> pair(record, headers, outcome);
                    case NONE -> new ClosedGroup.Usable<>(headers.slot(), record, outcome);
                    case FAILURE -> new ClosedGroup.Failed<>(headers.slot(), record, outcome.getFailure());
                    case OUTCOME_NOT_SET ->
                        ClosedGroup.Unreadable.value(record, "it has neither a pair nor a reason for none");
                });
    }

    private boolean isOfTheManifest(int slot, RecordRef scored) {
        RecordRef frozen = groups.get(slot);
        return frozen != null
                && frozen.getTopic().equals(scored.getTopic())
                && frozen.getPartition() == scored.getPartition()
                && frozen.getOffset() == scored.getOffset()
                && frozen.getSha256().equals(scored.getSha256());
    }

    /** A pair that would teach nothing, or the wrong thing, is none. */
    private static ClosedGroup<PairOutcome> pair(LogRecord record, GroupHeaders headers, PairOutcome outcome) {
        Pair pair = outcome.getPair();
        if (pair.getPositive().getVerdict().getKind() != VerdictKind.CORRECT
                || pair.getNegative().getVerdict().getKind() != VerdictKind.INCORRECT) {
            return ClosedGroup.Unreadable.value(
                    record,
                    "a pair of " + pair.getPositive().getVerdict().getKind() + " over "
                            + pair.getNegative().getVerdict().getKind() + " must be CORRECT over INCORRECT");
        }
        return pair.getPositive().getText().equals(pair.getNegative().getText())
                ? ClosedGroup.Unreadable.value(record, "both sides of the pair are the same text")
                : new ClosedGroup.Usable<>(headers.slot(), record, outcome);
    }
}
