package dev.cooper.platform.line;

import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.FailureReason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a record in a stage. The record is finished when all of {@link #records} are in the log. */
public sealed interface StageResult {

    /** To be sent, in this order; empty when nothing is to be sent. */
    List<OutgoingRecord> records();

    /** The work is done. */
    record Done(OutgoingRecord output) implements StageResult {
        @Override
        public List<OutgoingRecord> records() {
            return List.of(output);
        }
    }

    /** The group failed here. */
    record Failed(OutgoingRecord output, Failure failure) implements StageResult {
        @Override
        public List<OutgoingRecord> records() {
            return List.of(output);
        }

        public FailureReason reason() {
            return failure.getReason();
        }
    }

    /** The group had failed before and was passed along. */
    record PassedAlong(OutgoingRecord output, FailureReason reason) implements StageResult {
        @Override
        public List<OutgoingRecord> records() {
            return List.of(output);
        }
    }

    /**
     * The record could not be read.
     *
     * @param failure the group's failure, when headers tell which group it is
     */
    record DeadLettered(
            OutgoingRecord deadLetter,
            DeadLetterReason reason,
            String detail,
            @Nullable OutgoingRecord failure) implements StageResult {
        @Override
        public List<OutgoingRecord> records() {
            List<OutgoingRecord> records = new ArrayList<>();
            records.add(deadLetter);
            if (failure != null) {
                records.add(failure);
            }
            return records;
        }
    }

    /** Nothing to do. */
    record Dropped(DropReason why) implements StageResult {
        @Override
        public List<OutgoingRecord> records() {
            return List.of();
        }
    }

    /** Control has not arrived yet: the record is not finished, and must be processed again when control has moved. */
    record Early(GroupHeaders headers) implements StageResult {
        @Override
        public List<OutgoingRecord> records() {
            return List.of();
        }
    }
}
