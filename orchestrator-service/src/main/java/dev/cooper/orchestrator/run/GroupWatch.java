package dev.cooper.orchestrator.run;

import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.LogRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which groups of one dispatch have closed, and by which record.
 *
 * <p>The readable record at the lowest offset of the slot's current attempt wins; every other one, failures included,
 * is ignored. So the winners are a function of the log and the dispatch alone, whatever order records are seen in and
 * however often.
 *
 * @param <C> what a group holds that came through
 */
final class GroupWatch<C> {

    private static final Comparator<LogRecord> LOG_ORDER =
            Comparator.comparingInt(LogRecord::partition).thenComparingLong(LogRecord::offset);

    private final String runId;
    private final long step;
    private final ClosingRecord<C> reader;
    private final SortedMap<Integer, ClosedGroup<C>> winners = new TreeMap<>();
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
            ClosingRecord<C> reader,
            Map<Integer, Long> beginAtStart,
            Map<Integer, Long> endAtStart) {
        this.runId = runId;
        this.step = step;
        this.dispatch = dispatch;
        this.reader = reader;
        this.endAtStart = Map.copyOf(endAtStart);
        this.positions = new HashMap<>(dispatch.scanFrom());
        beginAtStart.forEach((partition, begin) -> positions.merge(partition, begin, Math::max));
    }

    /**
     * Takes a record in.
     *
     * @return the refused record, when it claims to be of this dispatch and is forged or cannot be read
     */
    Optional<ClosedGroup.Unreadable<C>> offer(LogRecord record) {
        positions.merge(record.partition(), record.offset() + 1, Math::max);
        Optional<ClosedGroup<C>> read = GroupHeaders.read(record.headers())
                .filter(this::isOfThisDispatch)
                .flatMap(headers -> record.forgery() == null
                        ? reader.read(record, headers)
                        : Optional.of(ClosedGroup.Unreadable.forged(record, record.forgery())));
        return read.flatMap(group -> switch (group) {
            case ClosedGroup.Unreadable<C> unreadable -> Optional.of(unreadable);
            case ClosedGroup.Usable<C> usable -> close(usable.slot(), usable);
            case ClosedGroup.Failed<C> failed -> close(failed.slot(), failed);
        });
    }

    private Optional<ClosedGroup.Unreadable<C>> close(int slot, ClosedGroup<C> group) {
        winners.merge(slot, group, (a, b) -> LOG_ORDER.compare(a.record(), b.record()) <= 0 ? a : b);
        return Optional.empty();
    }

    private boolean isOfThisDispatch(GroupHeaders headers) {
        return headers.runId().equals(runId)
                && headers.step() == step
                && headers.purpose() == dispatch.purpose()
                && headers.attempt() == dispatch.attemptOf(headers.slot());
    }

    /** Whether everything that stood on the log when the watch began has been read. */
    boolean hasReadThePast() {
        return endAtStart.entrySet().stream()
                .allMatch(end -> positions.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    /** The closed groups in the order of their slots. */
    Collection<ClosedGroup<C>> winners() {
        return List.copyOf(winners.values());
    }

    int closed() {
        return winners.size();
    }

    /** Those that came through whole, in the order of their slots. */
    List<ClosedGroup.Usable<C>> usable() {
        List<ClosedGroup.Usable<C>> whole = new ArrayList<>();
        for (ClosedGroup<C> group : winners.values()) {
            if (group instanceof ClosedGroup.Usable<C> usable) {
                whole.add(usable);
            }
        }
        return whole;
    }

    /** Those that failed, in the order of their slots. */
    List<ClosedGroup.Failed<C>> failed() {
        List<ClosedGroup.Failed<C>> broken = new ArrayList<>();
        for (ClosedGroup<C> group : winners.values()) {
            if (group instanceof ClosedGroup.Failed<C> failed) {
                broken.add(failed);
            }
        }
        return broken;
    }

    int total() {
        return dispatch.slots().size();
    }

    Dispatch dispatch() {
        return dispatch;
    }

    List<Integer> missing() {
        return dispatch.slots().stream()
                .filter(slot -> !winners.containsKey(slot))
                .toList();
    }

    /** Follows a new dispatch of some of the slots: what closed them before no longer counts. */
    void redispatched(Dispatch next) {
        for (int slot : next.slots()) {
            if (next.attemptOf(slot) != dispatch.attemptOf(slot)) {
                winners.remove(slot);
            }
        }
        dispatch = next;
    }
}
