package dev.cooper.reward.updating;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.cooper.languagemodel.reward.RewardInput;
import dev.cooper.languagemodel.reward.RewardModel;
import dev.cooper.languagemodel.reward.TokenPair;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.Pair;
import dev.cooper.proto.v1.PairOutcome;
import dev.cooper.proto.v1.PairSide;
import dev.cooper.proto.v1.Problem;
import dev.cooper.proto.v1.VerdictKind;
import dev.cooper.reward.updating.Anchor.Drawn;
import dev.cooper.reward.updating.PairBatch.SlotPair;
import java.util.ArrayList;
import java.util.List;

/** Reads the records of a manifest into pairs of what the model reads. */
final class PairReader {

    private final RewardModel model;
    private final RewardInput input;

    PairReader(RewardModel model, RewardInput input) {
        this.model = model;
        this.input = input;
    }

    /**
     * The batch, in the order of the records.
     *
     * @param anchor learned with them
     * @throws CooperException BAD_INPUT, naming slot or record, for what is no pair to learn from
     */
    PairBatch read(List<LogRecord> records, Drawn anchor) {
        List<SlotPair> pairs = new ArrayList<>();
        int cutEqual = 0;
        for (LogRecord record : records) {
            PairOutcome outcome = parse(record);
            int slot = outcome.getGroup().getSlot();
            Pair pair = requirePair(outcome);
            TokenIds positive = tokens(slot, "positive", outcome.getProblem(), pair.getPositive());
            TokenIds negative = tokens(slot, "negative", outcome.getProblem(), pair.getNegative());
            if (positive.equals(negative)) {
                cutEqual++;
            } else {
                pairs.add(new SlotPair(slot, new TokenPair(positive, negative)));
            }
        }
        return new PairBatch(pairs, cutEqual, anchor);
    }

    private static PairOutcome parse(LogRecord record) {
        try {
            return PairOutcome.parseFrom(record.value());
        } catch (InvalidProtocolBufferException e) {
            throw new CooperException(
                    FailureReason.BAD_INPUT,
                    "record " + record.place() + " of the manifest, slot " + slotOf(record)
                            + ", is no outcome of a pairing: " + e.getMessage(),
                    e,
                    "manifest.records");
        }
    }

    /** The key is run/slot; of a record that cannot be read it is all there is. */
    private static String slotOf(LogRecord record) {
        return record.key().substring(record.key().lastIndexOf('/') + 1);
    }

    private static Pair requirePair(PairOutcome outcome) {
        int slot = outcome.getGroup().getSlot();
        String instead = switch (outcome.getOutcomeCase()) {
            case PAIR -> "";
            case NONE -> "no pair (" + outcome.getNone().getReason() + ")";
            case FAILURE -> "a failure (" + outcome.getFailure().getReason() + ")";
            case OUTCOME_NOT_SET -> "nothing";
        };
        if (!instead.isEmpty()) {
            throw refused(slot, "the record holds " + instead + "; only pairs belong into the manifest");
        }
        Pair pair = outcome.getPair();
        requireVerdict(slot, "positive", pair.getPositive(), VerdictKind.CORRECT);
        requireVerdict(slot, "negative", pair.getNegative(), VerdictKind.INCORRECT);
        if (pair.getPositive().getText().equals(pair.getNegative().getText())) {
            throw refused(slot, "both sides of the pair are the same text; nothing can be learned from it");
        }
        return pair;
    }

    private static void requireVerdict(int slot, String which, PairSide side, VerdictKind wanted) {
        if (side.getVerdict().getKind() != wanted) {
            throw refused(
                    slot,
                    "the verdict of the " + which + " is " + side.getVerdict().getKind() + ", not " + wanted);
        }
    }

    private TokenIds tokens(int slot, String which, Problem problem, PairSide side) {
        try {
            return model.tokens(input.render(problem.getQuestion(), problem.getReferenceAnswer(), side.getText()));
        } catch (IllegalArgumentException e) {
            throw refused(slot, "the " + which + " cannot be read: " + e.getMessage());
        }
    }

    private static CooperException refused(int slot, String why) {
        return CooperException.badInput("manifest.records", "slot " + slot + ": " + why);
    }
}
