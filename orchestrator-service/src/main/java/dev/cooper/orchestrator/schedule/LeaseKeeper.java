package dev.cooper.orchestrator.schedule;

import dev.cooper.orchestrator.run.RunLedger;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews a lease from a thread of its own, three times in its length, until it is closed or the lease is lost. */
final class LeaseKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

    private final RunLedger ledger;
    private final String runId;
    private final String owner;
    private final long fence;
    private final Clock clock;
    private final Duration lease;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean holds = true;

    LeaseKeeper(RunLedger ledger, String runId, String owner, long fence, Clock clock, Duration lease) {
        this.ledger = ledger;
        this.runId = runId;
        this.owner = owner;
        this.fence = fence;
        this.clock = clock;
        this.lease = lease;
        Thread.ofVirtual().name("lease-" + runId).start(this::keep);
    }

    /** Whether the lease was ours when last asked. A fence check in every commit makes sure. */
    boolean holds() {
        return holds;
    }

    private void keep() {
        try {
            while (holds && !closed.await(lease.toMillis() / 3, TimeUnit.MILLISECONDS)) {
                renew();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void renew() {
        try {
            holds = ledger.renew(runId, owner, fence, clock.instant(), lease);
        } catch (RuntimeException e) {
            // The database is away: the fence protects the run, and the next try may find it back.
            LOG.warn("cannot renew the lease of run {}: {}", runId, e.getMessage());
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
