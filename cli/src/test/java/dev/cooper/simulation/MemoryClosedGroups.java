package dev.cooper.simulation;

import dev.cooper.orchestrator.run.ClosedGroups;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.proto.v1.Manifest;
import dev.cooper.proto.v1.RecordRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a few records at a time, from one partition or another. */
final class MemoryClosedGroups implements ClosedGroups {
    private final MemoryLog log;
    private final Chance chance;
    private final TopicNames names;
    private final Map<Integer, Long> position = new HashMap<>();
    private Topic topic = Topic.SCORED;

    MemoryClosedGroups(MemoryLog log, Chance chance, TopicNames names) {
        this.log = log;
        this.chance = chance;
        this.names = names;
    }

    /** The log in memory keeps everything. */
    @Override
    public Map<Integer, Long> begin(Topic of) {
        return Map.of();
    }

    @Override
    public Map<Integer, Long> end(Topic of) {
        return log.end(of);
    }

    @Override
    public void read(Topic of, Map<Integer, Long> from) {
        topic = of;
        position.clear();
        position.putAll(from);
    }

    @Override
    public List<LogRecord> poll(Duration wait) {
        List<LogRecord> records = new ArrayList<>();
        for (int i = chance.below(4); i > 0; i--) {
            int partition = chance.below(MemoryLog.PARTITIONS);
            Optional<LogRecord> next = log.at(topic, partition, position.getOrDefault(partition, 0L));
            next.ifPresent(record -> {
                records.add(record);
                position.put(partition, record.offset() + 1);
            });
        }
        return records;
    }

    @Override
    public List<LogRecord> last(Topic of, int atMost) {
        return log.all(of);
    }

    @Override
    public List<LogRecord> fetch(Manifest manifest) {
        return fetch(log, names, manifest);
    }

    static List<LogRecord> fetch(MemoryLog log, TopicNames names, Manifest manifest) {
        return manifest.getRecordsList().stream()
                .map(reference -> record(log, names, reference))
                .toList();
    }

    private static LogRecord record(MemoryLog log, TopicNames names, RecordRef reference) {
        Topic topic = names.topic(reference.getTopic()).orElseThrow();
        return log.at(topic, reference.getPartition(), reference.getOffset()).orElseThrow();
    }
}
