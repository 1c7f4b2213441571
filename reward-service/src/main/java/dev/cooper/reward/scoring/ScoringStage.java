package dev.cooper.reward.scoring;

import dev.cooper.modelruntime.hosting.Worker;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.Work;
import dev.cooper.platform.line.WorkSource;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.Scores;
import dev.cooper.proto.v1.VerifiedGroup;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scorer's part of the line: verified groups in, scored groups out. One thread takes all groups that are there.
 * Those that need no model go on at once: in mode RULE without scores and without a reward version, failed ones as they
 * are. In modes STATIC and COOPER every completion is scored, whatever its verdict, in batches across groups. A group
 * that could not be sent stays, and is scored again.
 */
public final class ScoringStage implements Worker {

    /** The stage's name in failures and metrics. */
    public static final String NAME = "scoring";

    private static final Logger log = LoggerFactory.getLogger(ScoringStage.class);
    private static final Duration BEFORE_RETRY = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofMillis(500);

    private final WorkSource<VerifiedGroup, ScoredGroup> source;
    private final ScoringEngine engine;
    private final int batchTokens;
    private final Clock clock;
    private final ScoringObserver observer;

    /** Sends results side by side: each waits for the log. */
    private final Senders senders = new Senders();

    /** Taken and not finished; used by the scorer's thread only. */
    private final List<Work<VerifiedGroup, ScoredGroup>> open = new ArrayList<>();

    private volatile int taken;
    private volatile boolean closed;

    /**
     * A stage; the caller has one thread {@link #run} it.
     *
     * @param batchTokens groups are scored together while they have at most so many tokens
     */
    public ScoringStage(
            WorkSource<VerifiedGroup, ScoredGroup> source,
            ScoringEngine engine,
            int batchTokens,
            Clock clock,
            ScoringObserver observer) {
        this.source = source;
        this.engine = engine;
        this.batchTokens = batchTokens;
        this.clock = clock;
        this.observer = observer;
    }

    /** Groups that were taken and not finished. */
    public int taken() {
        return taken;
    }

    /** Works until closed. Groups that could not be finished are tried again after a pause. */
    @Override
    public void run() throws InterruptedException {
        while (!closed) {
            try {
                runOnce(open.isEmpty() ? IDLE : Duration.ZERO);
            } catch (RuntimeException e) {
                // Whatever it is, the thread stays: groups that nobody finishes are dispatched again and become stale.
                log.error("groups could not be finished and are scored again", e);
                Thread.sleep(BEFORE_RETRY);
            }
        }
    }

    /** Ends {@link #run} after its batch; what is not finished stays unacknowledged. */
    @Override
    public void close() {
        closed = true;
    }

    /**
     * Takes all groups that are there, sends on those that need no model, and scores one batch of the others.
     *
     * @param atMost how long to wait for the first group
     * @return whether there was anything to do
     * @throws RuntimeException if a group could not be finished; it stays, as do those that were not looked at
     */
    public boolean runOnce(Duration atMost) throws InterruptedException {
        take(atMost);
        if (open.isEmpty()) {
            return false;
        }
        endAll(open.stream().flatMap(work -> withoutModel(work).stream()).toList());
        if (!open.isEmpty()) {
            ScoringBatch batch = new ScoringBatch(engine, batchTokens, clock, observer);
            endAll(batch.score(open.stream()
                    .filter(work -> ScoringBatch.canShare(open.getFirst(), work))
                    .toList()));
        }
        return true;
    }

    private void take(Duration atMost) throws InterruptedException {
        Optional<? extends Work<VerifiedGroup, ScoredGroup>> next = source.poll(atMost);
        while (next.isPresent()) {
            open.add(next.get());
            next = source.poll(Duration.ZERO);
        }
        taken = open.size();
    }

    /** A group and how it is ended. */
    record Ending(Work<VerifiedGroup, ScoredGroup> work, Runnable action) {}

    private void endAll(List<Ending> endings) {
        try {
            senders.runAll(
                    endings.stream().map(Ending::action).toList(),
                    done -> open.remove(endings.get(done).work()));
        } finally {
            taken = open.size();
        }
    }

    /** How a group is ended that no model is needed for. */
    private static Optional<Ending> withoutModel(Work<VerifiedGroup, ScoredGroup> work) {
        VerifiedGroup group = work.message();
        if (!work.isCurrent()) {
            return Optional.of(new Ending(work, work::drop));
        }
        if (group.hasFailure()) {
            ScoredGroup failed = ScoredGroup.newBuilder()
                    .setVerified(group)
                    .setFailure(group.getFailure())
                    .build();
            return Optional.of(new Ending(work, () -> work.passAlong(failed)));
        }
        if (!group.hasVerdicts()) {
            return Optional.of(ScoringBatch.failure(
                    work, CooperException.badInput("verdicts", "the group has neither verdicts nor a failure")));
        }
        return switch (group.getRollouts().getRequest().getMode()) {
            case RULE -> Optional.of(new Ending(work, () -> work.finish(unscored(group))));
            case STATIC, COOPER -> Optional.empty();
            case MODE_UNSPECIFIED, UNRECOGNIZED ->
                Optional.of(ScoringBatch.failure(
                        work, CooperException.badInput("mode", "the group's request names no mode known here")));
        };
    }

    private static ScoredGroup unscored(VerifiedGroup group) {
        return ScoredGroup.newBuilder()
                .setVerified(group)
                .setScores(Scores.getDefaultInstance())
                .build();
    }
}
