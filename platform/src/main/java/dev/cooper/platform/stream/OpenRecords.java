package dev.cooper.platform.stream;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Records that were taken in and may be finished in any order. Kafka knows one offset a partition: it is moved up to
 * the lowest record that is not finished, so that none is lost in a crash. Records of a partition that another instance
 * has now are away: that one works on them, and their offset is its business. Safe for several threads.
 */
final class OpenRecords {

    private final Map<Integer, NavigableMap<Long, Open>> partitions = new HashMap<>();
    private int unfinished;

    /** Moves Kafka's offset past the record. */
    @FunctionalInterface
    interface Acknowledge {
        void run();
    }

    private static final class Open {
        private Acknowledge acknowledge;
        private boolean finished;
        private boolean away;

        private Open(Acknowledge acknowledge) {
            this.acknowledge = acknowledge;
        }
    }

    /**
     * Takes a record in.
     *
     * @return false if it is here already: its partition went away and came back, and the record with it
     */
    synchronized boolean take(int partition, long offset, Acknowledge acknowledge) {
        NavigableMap<Long, Open> open = partitions.computeIfAbsent(partition, _ -> new TreeMap<>());
        Open known = open.get(offset);
        if (known != null) {
            known.acknowledge = acknowledge;
            known.away = false;
            return false;
        }
        open.put(offset, new Open(acknowledge));
        unfinished++;
        return true;
    }

    /** The partition went to another instance, to which all that is not acknowledged is delivered again. */
    synchronized void lose(int partition) {
        NavigableMap<Long, Open> open = partitions.getOrDefault(partition, new TreeMap<>());
        open.values().removeIf(record -> record.finished);
        open.values().forEach(record -> record.away = true);
    }

    /** Whether the record is open, and its partition is this instance's. */
    synchronized boolean isHere(int partition, long offset) {
        NavigableMap<Long, Open> open = partitions.get(partition);
        Open record = open == null ? null : open.get(offset);
        return record != null && !record.away;
    }

    /**
     * The record's output is in the log; acknowledges it and those above it if no lower one is open. One that is away
     * is forgotten only.
     */
    synchronized void finish(int partition, long offset) {
        NavigableMap<Long, Open> open = partitions.get(partition);
        Open record = open == null ? null : open.get(offset);
        if (open == null || record == null || record.finished) {
            throw new IllegalStateException("record " + partition + "/" + offset + " is not open");
        }
        record.finished = true;
        unfinished--;
        if (record.away) {
            open.remove(offset);
        }
        Acknowledge highest = removeFinished(open);
        if (highest != null) {
            highest.run();
        }
    }

    /** How many are not finished. */
    synchronized int unfinished() {
        return unfinished;
    }

    private static @Nullable Acknowledge removeFinished(NavigableMap<Long, Open> open) {
        Acknowledge highest = null;
        while (!open.isEmpty() && open.firstEntry().getValue().finished) {
            highest = open.pollFirstEntry().getValue().acknowledge;
        }
        return highest;
    }
}
