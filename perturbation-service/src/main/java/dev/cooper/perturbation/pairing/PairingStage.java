package dev.cooper.perturbation.pairing;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.DropReason;
import dev.cooper.platform.line.LogScope;
import dev.cooper.platform.line.Work;
import dev.cooper.platform.line.WorkSource;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.PairOutcome;
import dev.cooper.proto.v1.SampleRequest;
import dev.cooper.proto.v1.ScoredGroup;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The maker of pairs as a part of the line. Every group has a thread of its own, which costs next to nothing: it mostly
 * waits for an assistant, who works on many groups at a time. A group leaves as soon as its pair is there, and is
 * dropped once nobody wants it any more, also while it waits.
 */
public final class PairingStage implements AutoCloseable {

    /** The stage's name in failures and metrics. */
    public static final String NAME = "pairing";

    private static final Logger log = LoggerFactory.getLogger(PairingStage.class);
    private static final Duration BEFORE_RETRY = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofMillis(500);

    private final WorkSource<ScoredGroup, PairOutcome> source;
    private final GroupPairing pairing;
    private final PairingObserver observer;
    private final AskedAgain askedAgain = new AskedAgain();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final ExecutorService groups = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("pairing-", 0).factory());
    private volatile boolean closed;

    /** A stage; the caller has one thread {@link #run} it. */
    public PairingStage(WorkSource<ScoredGroup, PairOutcome> source, GroupPairing pairing, PairingObserver observer) {
        this.source = source;
        this.pairing = pairing;
        this.observer = observer;
    }

    /** Groups that were taken and not finished. */
    public int inFlight() {
        return inFlight.get();
    }

    /** Takes groups in until closed. */
    public void run() throws InterruptedException {
        while (!closed) {
            try {
                source.poll(IDLE).ifPresent(this::begin);
            } catch (RejectedExecutionException e) {
                log.debug("a group came while the stage was closed");
            } catch (RuntimeException e) {
                log.error("no groups can be taken in; tried again", e);
                Thread.sleep(BEFORE_RETRY);
            }
        }
    }

    /** Ends {@link #run} soon, and the groups that are in work at once: they stay unacknowledged. */
    @Override
    public void close() {
        closed = true;
        groups.shutdownNow();
    }

    private void begin(Work<ScoredGroup, PairOutcome> work) {
        askedAgain.note(work);
        inFlight.incrementAndGet();
        groups.execute(() -> {
            try (LogScope _ = work.enter()) {
                settle(work);
            } catch (InterruptedException e) {
                log.debug("{} stays as it is: the service stops", work.headers());
            } catch (RuntimeException e) {
                log.error("{} could not be finished and is delivered again after a restart", work.headers(), e);
            } finally {
                inFlight.decrementAndGet();
            }
        });
    }

    private void settle(Work<ScoredGroup, PairOutcome> work) throws InterruptedException {
        if (!concernsPairs(work)) {
            work.drop(DropReason.NOT_FOR_THIS_STAGE);
            return;
        }
        Optional<PairOutcome> outcome = pairing.pair(work, () -> isWanted(work));
        if (closed) {
            // Whatever it is, it may come of the closing; the group is delivered again.
            throw new InterruptedException("the stage was closed");
        }
        if (outcome.isEmpty() || !isWanted(work)) {
            work.drop();
        } else {
            send(work, outcome.get());
        }
    }

    /** Steps that do not train the reward model have no pairing; a lost group tells of nothing, and may be of any. */
    private static boolean concernsPairs(Work<ScoredGroup, PairOutcome> work) {
        SampleRequest request = work.message().getVerified().getRollouts().getRequest();
        boolean lost = work.message().hasFailure() && request.getMode() == Mode.MODE_UNSPECIFIED;
        return request.hasPairing() || lost;
    }

    private boolean isWanted(Work<ScoredGroup, PairOutcome> work) {
        return work.isCurrent() && !askedAgain.after(work.headers());
    }

    private void send(Work<ScoredGroup, PairOutcome> work, PairOutcome outcome) throws InterruptedException {
        while (true) {
            try {
                work.finish(outcome);
                tell(outcome);
                return;
            } catch (CooperException e) {
                log.error("the pair of {} could not be sent and is sent again", work.headers(), e);
                Thread.sleep(BEFORE_RETRY);
            }
            if (!isWanted(work)) {
                work.drop();
                return;
            }
        }
    }

    private void tell(PairOutcome outcome) {
        switch (outcome.getOutcomeCase()) {
            case PAIR -> observer.paired(outcome.getPair());
            case NONE -> observer.none(outcome.getNone());
            // Counted by the line.
            case FAILURE, OUTCOME_NOT_SET -> {}
        }
    }
}
