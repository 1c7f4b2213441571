package dev.cooper.orchestrator.run;

import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.LogRecord;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Which groups of one dispatch have closed, and by which record.
 *
 * <p>The readable record at the lowest offset of the slot's current attempt wins; every other one, failures included,
 * is ignored. So the winners are a function of the log and the dispatch alone, whatever order records are seen in and
 * however often.
 */
final class GroupWatch {

    private static final Comparator<LogRecord> LOG_ORDER =
            Comparator.comparingInt(LogRecord::partition).thenComparingLong(LogRecord::offset);

    private final String runId;
    private final long step;
    private final SortedMap<Integer, ClosedGroup> winners = new TreeMap<>();
    private final Map<Integer, Long> positions;
    private final Map<Integer, Long> endAtStart;
    private Dispatch dispatch;

    /**
     * @param beginAtStart where the topic began when the watch did: retention may have removed the past, or a part of
     *     it
     * @param endAtStart where the topic ended when the watch began: until then it reads the past
     */
    GroupWatch(
            String runId,
            long step,
            Dispatch dispatch,
            Map<Integer, Long> beginAtStart,
            Map<Integer, Long> endAtStart) {
        this.runId = runId;
        this.step = step;
        this.dispatch = dispatch;
        this.endAtStart = Map.copyOf(endAtStart);
        this.positions = new HashMap<>(dispatch.scanFrom());
        beginAtStart.forEach((partition, begin) -> positions.merge(partition, begin, Math::max));
    }

    /**
     * Takes a record in.
     *
     * @return the refused record, when it claims to be of this dispatch and cannot be read
     */
    Optional<ClosedGroup.Unreadable> offer(LogRecord record) {
        positions.merge(record.partition(), record.offset() + 1, Math::max);
        Optional<GroupHeaders> headers = GroupHeaders.read(record.headers()).filter(this::isOfThisDispatch);
        if (headers.isEmpty()) {
            return Optional.empty();
        }
        return switch (ClosedGroup.read(record, headers.get(), dispatch.purpose())) {
            case ClosedGroup.Unreadable unreadable -> Optional.of(unreadable);
            case ClosedGroup group -> {
                winners.merge(
                        headers.get().slot(), group, (a, b) -> LOG_ORDER.compare(a.record(), b.record()) <= 0 ? a : b);
                yield Optional.empty();
            }
        };
    }

    private boolean isOfThisDispatch(GroupHeaders headers) {
        return headers.runId().equals(runId)
                && headers.step() == step
                && headers.purpose() == dispatch.purpose()
                && headers.slot() >= 0
                && headers.slot() < dispatch.slots()
                && headers.attempt() == dispatch.attemptOf(headers.slot());
    }

    /** Whether everything that stood on the log when the watch began has been read. */
    boolean hasReadThePast() {
        return endAtStart.entrySet().stream()
                .allMatch(end -> positions.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    /** The closed groups in the order of their slots. */
    Collection<ClosedGroup> winners() {
        return List.copyOf(winners.values());
    }

    int closed() {
        return winners.size();
    }

    /** How many came through whole. */
    int usable() {
        return (int) winners.values().stream()
                .filter(ClosedGroup.Usable.class::isInstance)
                .count();
    }

    int total() {
        return dispatch.slots();
    }

    Dispatch dispatch() {
        return dispatch;
    }

    List<Integer> missing() {
        return IntStream.range(0, dispatch.slots())
                .filter(slot -> !winners.containsKey(slot))
                .boxed()
                .toList();
    }

    /** Follows a new dispatch of some of the slots: what closed them before no longer counts. */
    void redispatched(Dispatch next) {
        for (int slot = 0; slot < next.slots(); slot++) {
            if (next.attemptOf(slot) != dispatch.attemptOf(slot)) {
                winners.remove(slot);
            }
        }
        dispatch = next;
    }
}
