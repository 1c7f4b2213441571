package dev.cooper.orchestrator.run;

import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.ScoredAs;
import dev.cooper.platform.line.Topic;
import dev.cooper.proto.v1.Manifest;
import dev.cooper.proto.v1.PairOutcome;
import dev.cooper.proto.v1.RecordRef;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A step waits for the pairs of its manifest's groups. Each was asked for by its group's own record, and is asked for
 * again by the same record, written once more.
 */
final class Pairing implements AwaitedGroups<PairOutcome> {

    private final DriverPorts ports;
    private final Journal journal;
    private final OpenGroups<PairOutcome> pairs;

    Pairing(DriverPorts ports, Journal journal, Steering steering, Watchdog watchdog) {
        this.ports = ports;
        this.journal = journal;
        this.pairs = new OpenGroups<>(this, ports.log(), journal, steering, watchdog);
    }

    Tick await(Run run, Step step) {
        GroupWatch<PairOutcome> read = pairs.read(run, step);
        return pairs.redispatchIfNeeded(run, step, read)
                .orElseGet(() -> read.missing().isEmpty() ? freeze(run, step, read) : Tick.WAITING);
    }

    private Tick freeze(Run run, Step step, GroupWatch<PairOutcome> closed) {
        Instant now = journal.now();
        FrozenPairs frozen = FrozenPairs.of(run, step, closed, ports.topics());
        Map<String, Double> measured = new TreeMap<>(frozen.measured());
        measured.putAll(StepTimes.ofPairing(step, now));
        Step paired = step.paired(frozen.manifest(), frozen.excluded(), measured, now);
        pairs.forget();
        RunEvent event = journal.event(
                run,
                "PairsFrozen",
                Map.of(
                        "pairs",
                        frozen.manifest().getRecordsCount(),
                        "none",
                        frozen.excluded().size(),
                        "metrics",
                        frozen.measured(),
                        "sha256",
                        FrozenGroups.sha256(frozen.manifest())));
        return frozen.manifest().getRecordsCount() == 0
                ? commitWithoutPairs(run, paired, event, now)
                : journal.commit(run, paired, List.of(event), List.of());
    }

    /** The reward model stays as it is. */
    private Tick commitWithoutPairs(Run run, Step paired, RunEvent frozen, Instant now) {
        Step committed =
                paired.rewardCommitted(paired.reward().orElseThrow().before(), "", StepTimes.total(paired, now), now);
        journal.closed(now);
        return journal.commit(
                run,
                committed,
                List.of(frozen, journal.event(run, "StepCommitted", Map.of("metrics", committed.metrics()))),
                List.of(Announcements.control(run, committed)));
    }

    void forget() {
        pairs.forget();
    }

    @Override
    public Topic topic() {
        return Topic.PAIRS;
    }

    @Override
    public ClosingRecord<PairOutcome> reader(Step step) {
        return new PairRecords(step.manifest().orElseThrow());
    }

    @Override
    public String what() {
        return "pairs";
    }

    @Override
    public Duration timeAllowed(Run run) {
        return run.spec().pairing().orElseThrow().timeAllowed();
    }

    /** A group's pair is of use whoever steers the run. */
    @Override
    public boolean outlivesItsFence() {
        return true;
    }

    @Override
    public List<OutgoingRecord> ask(Run run, Step step, List<Integer> slots) {
        Manifest groups = step.manifest().orElseThrow();
        List<RecordRef> wanted = groups.getRecordsList().stream()
                .filter(record -> slots.contains(record.getSlot()))
                .toList();
        Manifest again = groups.toBuilder().clearRecords().addAllRecords(wanted).build();
        return ports.log().fetch(again).stream()
                .map(record -> again(record, step))
                .toList();
    }

    private static OutgoingRecord again(LogRecord record, Step step) {
        int slot = GroupHeaders.parse(record.headers()).slot();
        Map<String, String> headers = new HashMap<>(record.headers());
        headers.put(GroupHeaders.ATTEMPT, Integer.toString(step.awaited().attemptOf(slot)));
        headers.put(ScoredAs.HEADER, new ScoredAs(record.partition(), record.offset()).text());
        return new OutgoingRecord(Topic.SCORED, false, record.key(), headers, record.value());
    }
}
