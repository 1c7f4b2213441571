package dev.cooper.simulation;

import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.RecordSink;
import dev.cooper.platform.line.Topic;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A log of several partitions that never forgets. */
final class MemoryLog implements RecordSink {
    static final int PARTITIONS = 3;

    private final Map<Topic, List<List<LogRecord>>> topics = new EnumMap<>(Topic.class);
    private final List<OutgoingRecord> deadLetters = new ArrayList<>();

    MemoryLog() {
        for (Topic topic : Topic.values()) {
            topics.put(
                    topic,
                    IntStream.range(0, PARTITIONS)
                            .<List<LogRecord>>mapToObj(_ -> new ArrayList<>())
                            .toList());
        }
    }

    @Override
    public void send(OutgoingRecord record) {
        if (record.deadLetter()) {
            deadLetters.add(record);
            return;
        }
        int partition = Math.floorMod(record.key().hashCode(), PARTITIONS);
        List<LogRecord> records = partition(record.topic(), partition);
        records.add(new LogRecord(
                record.topic(), partition, records.size(), record.key(), record.headers(), record.value()));
    }

    /** Writes a record that is on the log once more, behind all others. */
    void repeat(LogRecord record) {
        send(new OutgoingRecord(record.topic(), false, record.key(), record.headers(), record.value()));
    }

    Optional<LogRecord> at(Topic topic, int partition, long offset) {
        List<LogRecord> records = partition(topic, partition);
        return offset < records.size() ? Optional.of(records.get((int) offset)) : Optional.empty();
    }

    List<LogRecord> all(Topic topic) {
        return topics.getOrDefault(topic, List.of()).stream()
                .flatMap(List::stream)
                .toList();
    }

    Map<Integer, Long> end(Topic topic) {
        Map<Integer, Long> ends = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            ends.put(partition, (long) partition(topic, partition).size());
        }
        return ends;
    }

    List<OutgoingRecord> deadLetters() {
        return List.copyOf(deadLetters);
    }

    private List<LogRecord> partition(Topic topic, int partition) {
        return topics.getOrDefault(topic, List.of()).get(partition);
    }
}
