package dev.cooper.orchestrator.schedule;

import dev.cooper.orchestrator.line.OutboxRelay;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.RunDriver;
import dev.cooper.orchestrator.run.RunLedger;
import dev.cooper.orchestrator.run.RunProgress;
import dev.cooper.orchestrator.run.RunState;
import dev.cooper.orchestrator.run.StaleFenceException;
import dev.cooper.orchestrator.run.Tick;
import dev.cooper.orchestrator.run.Wish;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives the run whose turn it is, from one thread. It takes the run's lease, ticks its driver until the run ends, and
 * keeps the lease from a second thread, so that a long call does not lose it. Without the lease it stands by.
 */
public final class RunScheduler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunScheduler.class);
    private static final Duration IDLE = Duration.ofMillis(300);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);
    private static final Duration LOOK_AT_QUEUE = Duration.ofSeconds(1);
    private static final Duration SHUTDOWN = Duration.ofSeconds(15);

    private final String owner;
    private final RunLedger ledger;
    private final RunDrivers drivers;
    private final OutboxRelay relay;
    private final EventBell bell;
    private final Consumer<String> moved;
    private final Clock clock;
    private final Duration lease;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable RunDriver driving;
    private volatile String trouble = "";

    /**
     * Made stopped; {@link #start} starts it.
     *
     * @param owner this process, under a name that no other has
     * @param moved told the id of a run after each of its moves
     * @param lease how long a run stays with a process that says nothing more
     */
    public RunScheduler(
            String owner,
            RunLedger ledger,
            RunDrivers drivers,
            OutboxRelay relay,
            EventBell bell,
            Consumer<String> moved,
            Clock clock,
            Duration lease) {
        this.owner = owner;
        this.ledger = ledger;
        this.drivers = drivers;
        this.relay = relay;
        this.bell = bell;
        this.moved = moved;
        this.clock = clock;
        this.lease = lease;
        this.thread = new Thread(this::run, "run-scheduler");
    }

    public void start() {
        thread.start();
    }

    /** What the run waits for, when this process drives it. */
    public Optional<RunProgress> progress(String runId) {
        return Optional.ofNullable(driving)
                .map(RunDriver::progress)
                .filter(progress -> progress.runId().equals(runId));
    }

    /** What keeps this process from driving, for people; empty when nothing does. */
    public String trouble() {
        return trouble;
    }

    /** The thread that drives. */
    public Thread thread() {
        return thread;
    }

    public boolean isAlive() {
        return thread.isAlive() && ended.getCount() > 0;
    }

    private void run() {
        try {
            loop();
        } finally {
            ended.countDown();
        }
    }

    private void loop() {
        while (stop.getCount() > 0) {
            try {
                relay.flush();
                cancelQueued();
                Optional<Run> next = RunLine.current(ledger.runs());
                boolean drove = next.isPresent() && takeOver(next.get());
                trouble = "";
                if (!drove) {
                    sleep(IDLE);
                }
            } catch (RuntimeException e) {
                // The database or the log is away, or there is a fault of ours; the runs must outlive both.
                report(e);
                sleep(AFTER_TROUBLE);
            }
        }
    }

    private void report(RuntimeException e) {
        String now = e.getClass().getSimpleName() + ": " + e.getMessage();
        if (!now.equals(trouble)) {
            LOG.error("cannot go on for now; trying again every {} s", AFTER_TROUBLE.toSeconds(), e);
        }
        trouble = now;
    }

    /** A run that waits can be cancelled while another one has its turn. */
    private void cancelQueued() {
        List<Run> unwanted = ledger.runs().stream()
                .filter(run -> run.state() == RunState.QUEUED && run.wish() == Wish.CANCEL)
                .toList();
        for (Run run : unwanted) {
            ledger.takeOver(run.id(), owner, clock.instant(), lease).ifPresent(fence -> cancel(run, fence));
        }
    }

    private void cancel(Run run, long fence) {
        try {
            drivers.drive(run.id(), fence).tick();
            afterMove(run.id());
        } catch (StaleFenceException e) {
            LOG.warn("leaves the cancelling of run {} to another: {}", run.id(), e.getMessage());
        } finally {
            ledger.release(run.id(), owner, fence);
        }
    }

    /** False when somebody else drives the run. */
    private boolean takeOver(Run run) {
        OptionalLong fence = ledger.takeOver(run.id(), owner, clock.instant(), lease);
        if (fence.isEmpty()) {
            return false;
        }
        LOG.info("drives run {} ({}) under fence {}", run.id(), run.spec().name(), fence.getAsLong());
        try (LeaseKeeper keeper = new LeaseKeeper(ledger, run.id(), owner, fence.getAsLong(), clock, lease)) {
            while (stop.getCount() > 0 && keeper.holds() && !drive(run.id(), fence.getAsLong(), keeper)) {
                sleep(AFTER_TROUBLE);
            }
        } catch (StaleFenceException e) {
            LOG.warn("lets go of run {}: {}", run.id(), e.getMessage());
        } finally {
            ledger.release(run.id(), owner, fence.getAsLong());
        }
        return true;
    }

    /**
     * Drives under one fence until the run ends or must be let go. False after trouble: then a new driver begins from
     * what the ledger has, and under the same fence, so that nothing that is on its way is void.
     */
    private boolean drive(String runId, long fence, LeaseKeeper keeper) {
        try {
            RunDriver driver = drivers.drive(runId, fence);
            driving = driver;
            tickToTheEnd(driver, runId, keeper);
            return true;
        } catch (StaleFenceException e) {
            throw e;
        } catch (RuntimeException e) {
            report(e);
            return false;
        } finally {
            leave();
        }
    }

    private void leave() {
        RunDriver last = driving;
        if (last != null) {
            last.leave();
            driving = null;
        }
    }

    private void tickToTheEnd(RunDriver driver, String runId, LeaseKeeper keeper) {
        Pace pace = new Pace();
        Instant nextLook = clock.instant().plus(LOOK_AT_QUEUE);
        while (stop.getCount() > 0 && keeper.holds()) {
            RunProgress before = driver.progress();
            Instant begun = clock.instant();
            Tick tick = driver.tick();
            if (tick != Tick.WAITING) {
                afterMove(runId);
            }
            if (tick == Tick.DONE) {
                return;
            }
            trouble = "";
            Instant now = clock.instant();
            if (now.isAfter(nextLook)) {
                cancelQueued();
                nextLook = now.plus(LOOK_AT_QUEUE);
            }
            boolean changed = tick == Tick.MOVED || !driver.progress().equals(before);
            sleep(pace.after(changed, Duration.between(begun, now)));
        }
    }

    private void afterMove(String runId) {
        relay.flush();
        bell.ring();
        moved.accept(runId);
    }

    private void sleep(Duration time) {
        try {
            boolean stopped = !time.isZero() && stop.await(time.toNanos(), TimeUnit.NANOSECONDS);
            if (stopped) {
                LOG.debug("stops");
            }
        } catch (InterruptedException e) {
            // Nobody interrupts this thread but a virtual machine that ends.
            stop.countDown();
            Thread.currentThread().interrupt();
        }
    }

    /** Stops after the tick under way and gives the lease back, so that the next process need not wait for its end. */
    @Override
    public void close() {
        stop.countDown();
        try {
            if (thread.isAlive() && !ended.await(SHUTDOWN.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("the run's tick goes on after {} s; its lease ends by itself", SHUTDOWN.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
