package dev.cooper.orchestrator.archive;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.Pair;
import dev.cooper.proto.v1.PairOutcome;
import dev.cooper.proto.v1.PairSide;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the records of the topic {@code pairs} hold, as the archive shows it. */
final class PairRecord {

    private PairRecord() {}

    /**
     * What came of every group, in the order of slots.
     *
     * @param groups of the same step
     * @param none why a slot has no pair, by slot: a code, and after a colon what was seen
     * @throws CooperException INTERNAL when a value is no pair, or one of a group that is not among them
     */
    static List<ArchivedPair> all(
            List<LogRecord> records, TopicNames topics, List<ArchivedGroup> groups, Map<Integer, String> none) {
        Map<Integer, ArchivedProblem> problems =
                groups.stream().collect(Collectors.toMap(ArchivedGroup::slot, ArchivedGroup::problem));
        Function<Integer, ArchivedProblem> problem =
                slot -> Optional.ofNullable(problems.get(slot)).orElseThrow(() -> stray(slot));
        List<ArchivedPair> all = new ArrayList<>();
        for (LogRecord record : records) {
            PairOutcome outcome = parse(record);
            all.add(made(
                    outcome.getPair(),
                    problem.apply(outcome.getGroup().getSlot()),
                    outcome.getGroup().getSlot(),
                    new ArchivedPlace(
                            topics.name(record.topic()), record.partition(), record.offset(), record.sha256())));
        }
        none.forEach((slot, why) -> all.add(none(slot, problem.apply(slot), why)));
        all.sort(Comparator.comparingInt(ArchivedPair::slot));
        return all;
    }

    private static CooperException stray(int slot) {
        return new CooperException(
                FailureReason.INTERNAL, "a pair of slot " + slot + " cannot be archived: the step has no such group");
    }

    private static PairOutcome parse(LogRecord record) {
        try {
            PairOutcome outcome = PairOutcome.parseFrom(record.value());
            if (outcome.hasPair()) {
                return outcome;
            }
        } catch (InvalidProtocolBufferException e) {
            throw noPair(record, e);
        }
        throw noPair(record, null);
    }

    private static CooperException noPair(LogRecord record, @Nullable Throwable cause) {
        return new CooperException(
                FailureReason.INTERNAL, "record " + record.place() + " is no pair, so it cannot be archived", cause);
    }

    private static ArchivedPair made(Pair pair, ArchivedProblem problem, int slot, ArchivedPlace place) {
        return new ArchivedPair.Made(
                slot,
                problem,
                side(pair.getPositive()),
                side(pair.getNegative()),
                pair.getSource().name(),
                pair.getStyle().name(),
                pair.getAttempts(),
                pair.getAssistant(),
                place);
    }

    private static ArchivedPair.Side side(PairSide side) {
        return new ArchivedPair.Side(
                side.getText(),
                side.getSample(),
                side.getVerdict().getReason(),
                side.getVerdict().getExtractedAnswer(),
                side.getVerdict().getExplanation());
    }

    private static ArchivedPair none(int slot, ArchivedProblem problem, String why) {
        int colon = why.indexOf(": ");
        return new ArchivedPair.None(
                slot, problem, colon < 0 ? why : why.substring(0, colon), colon < 0 ? "" : why.substring(colon + 2));
    }
}
