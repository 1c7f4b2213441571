package dev.cooper.perturbation.pairing;

import dev.cooper.platform.line.DropReason;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.GroupMessage;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.ScoredAs;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.line.Work;
import dev.cooper.proto.v1.PairOutcome;
import dev.cooper.proto.v1.ScoredGroup;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A scored group that stands at offset 17 of partition 2, and what became of it. */
final class TestingWork implements Work<ScoredGroup, PairOutcome> {

    /** What was sent; nothing for a group that was dropped. */
    final CompletableFuture<Optional<PairOutcome>> settled = new CompletableFuture<>();

    volatile boolean current = true;
    volatile DropReason dropped = DropReason.STALE;
    /** Runs before the outcome is sent; what it throws is the log's refusal. */
    volatile Runnable beforeSend = () -> {};

    private final LogRecord record;
    private final ScoredGroup group;

    TestingWork(ScoredGroup group) {
        this(group, GroupMessage.SCORED.record(group), Map.of());
    }

    private TestingWork(ScoredGroup group, OutgoingRecord written, Map<String, String> more) {
        this.group = group;
        Map<String, String> headers = new HashMap<>(written.headers());
        headers.putAll(more);
        this.record = new LogRecord(Topic.SCORED, 2, 17, written.key(), headers, written.value());
    }

    /** The same bytes again, under a later attempt. */
    static TestingWork again(ScoredGroup group, int attempt, ScoredAs place) {
        return new TestingWork(
                group,
                GroupMessage.SCORED.record(group),
                Map.of(GroupHeaders.ATTEMPT, Integer.toString(attempt), ScoredAs.HEADER, place.text()));
    }

    @Override
    public LogRecord record() {
        return record;
    }

    @Override
    public GroupHeaders headers() {
        return GroupHeaders.parse(record.headers());
    }

    @Override
    public ScoredGroup message() {
        return group;
    }

    @Override
    public boolean isCurrent() {
        return current;
    }

    @Override
    public void finish(PairOutcome outcome) {
        beforeSend.run();
        settled.complete(Optional.of(outcome));
    }

    @Override
    public void passAlong(PairOutcome outcome) {
        throw new UnsupportedOperationException("a lost group's pair is the stage's own outcome");
    }

    @Override
    public void drop() {
        drop(DropReason.STALE);
    }

    @Override
    public void drop(DropReason why) {
        dropped = why;
        settled.complete(Optional.empty());
    }

    /** What was sent; fails if nothing is within a while. */
    Optional<PairOutcome> outcome() throws Exception {
        return settled.get(10, TimeUnit.SECONDS);
    }
}
