package dev.cooper.simulation;

import dev.cooper.platform.control.ControlBoard;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.proto.v1.RunControl;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A service instance with one stage: reads its topic at least once, sees control late, dies between any two sends and
 * then starts again from the offsets that it had committed.
 */
final class StageProcess {

    /** What became of a record. */
    sealed interface Outcome {
        /** Send these, then the record is finished. */
        record Finished(List<OutgoingRecord> records) implements Outcome {}

        /** Not yet: process it again later. */
        record Later() implements Outcome {}
    }

    private final String name;
    private final Topic from;
    private final Function<ControlBoard, Function<LogRecord, Outcome>> stageOver;
    private final int window;
    private final MemoryLog log;
    private final Chance chance;
    private final Map<Integer, Long> committed = new HashMap<>();
    private final Map<Integer, Long> position = new HashMap<>();
    private final Map<Integer, Set<Long>> ahead = new HashMap<>();
    private final Map<Integer, Long> controlPosition = new HashMap<>();
    private ControlBoard board = new ControlBoard();
    private Function<LogRecord, Outcome> stage;

    /** @param window how many records are worked on at a time, in any order; 1 keeps their order */
    StageProcess(
            String name,
            Topic from,
            int window,
            Function<ControlBoard, Function<LogRecord, Outcome>> stageOver,
            MemoryLog log,
            Chance chance) {
        this.name = name;
        this.from = from;
        this.window = window;
        this.stageOver = stageOver;
        this.log = log;
        this.chance = chance;
        this.stage = stageOver.apply(board);
    }

    /** One event: some control arrives, or one record is processed. */
    void step() {
        try {
            if (chance.oneIn(2)) {
                readControl();
            } else {
                processOne();
            }
        } catch (Crash crash) {
            restart();
        }
    }

    /** Whether there was any. */
    private boolean readControl() {
        for (int partition : inSomeOrder()) {
            long next = controlPosition.getOrDefault(partition, 0L);
            Optional<LogRecord> record = log.at(Topic.CONTROL, partition, next);
            if (record.isPresent()) {
                board.update(Messages.parse(record.get(), RunControl.parser()));
                controlPosition.put(partition, next + 1);
                return true;
            }
        }
        return false;
    }

    private void processOne() {
        for (int partition : inSomeOrder()) {
            long next = next(partition);
            long offset = next + chance.below(window);
            Optional<LogRecord> record = log.at(from, partition, offset);
            boolean open = !finishedAhead(partition).contains(offset);
            if (open
                    && record.isPresent()
                    && stage.apply(record.get()) instanceof Outcome.Finished(List<OutgoingRecord> out)) {
                out.forEach(this::send);
                finish(partition, offset);
                return;
            }
        }
    }

    /** The lowest record that is not finished. */
    private long next(int partition) {
        return position.getOrDefault(partition, committed.getOrDefault(partition, 0L));
    }

    private Set<Long> finishedAhead(int partition) {
        return ahead.computeIfAbsent(partition, _ -> new HashSet<>());
    }

    private void finish(int partition, long offset) {
        Set<Long> finished = finishedAhead(partition);
        finished.add(offset);
        long next = next(partition);
        while (finished.remove(next)) {
            next++;
        }
        position.put(partition, next);
        if (chance.oneIn(3)) {
            committed.put(partition, next);
        }
    }

    private void send(OutgoingRecord record) {
        chance.mayCrash(name + " before a send");
        log.send(record);
        chance.mayCrash(name + " between a send and its acknowledgement");
    }

    void restart() {
        board = new ControlBoard();
        stage = stageOver.apply(board);
        position.clear();
        ahead.clear();
        controlPosition.clear();
        boolean more = true;
        while (more) {
            // An instance knows all control there is before it serves.
            more = readControl();
        }
    }

    private List<Integer> inSomeOrder() {
        int first = chance.below(MemoryLog.PARTITIONS);
        return IntStream.range(0, MemoryLog.PARTITIONS)
                .mapToObj(i -> (first + i) % MemoryLog.PARTITIONS)
                .toList();
    }
}
