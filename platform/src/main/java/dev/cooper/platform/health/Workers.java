package dev.cooper.platform.health;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The threads that a service works with. One is stuck when it has work and has used no processor time for too long: it
 * waits for something that does not come. Whoever computes, or loads a model, uses some all the time; whoever has
 * nothing to do is not asked. A thread that has ended while work waits is stuck, too. (One that runs in circles is not
 * found: it cannot be told from one that computes.)
 *
 * <p>Nothing is measured between two looks, so that it costs the work nothing; whoever looks should do so more often
 * than the time that is allowed.
 */
public final class Workers {

    private final Duration stuckAfter;
    private final Clock clock;
    private final LongUnaryOperator processorTime;
    private final Map<String, Watched> watched = new ConcurrentHashMap<>();

    public Workers(Duration stuckAfter, Clock clock) {
        this(stuckAfter, clock, ownProcessorTime());
    }

    /** @param processorTime nanoseconds by the id of a thread; negative once it has ended */
    Workers(Duration stuckAfter, Clock clock, LongUnaryOperator processorTime) {
        this.stuckAfter = stuckAfter;
        this.clock = clock;
        this.processorTime = processorTime;
    }

    private static LongUnaryOperator ownProcessorTime() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads::getThreadCpuTime;
    }

    /** What was seen of a worker at the last look that saw it move. */
    private static final class Watched {
        private final Thread thread;
        private final BooleanSupplier hasWork;
        private long used;
        private Instant since;

        private Watched(Thread thread, BooleanSupplier hasWork, Instant since) {
            this.thread = thread;
            this.hasWork = hasWork;
            this.since = since;
        }
    }

    /**
     * What a worker is seen to do.
     *
     * @param motionless since when it has held work without moving; null while it moves or has nothing to do
     * @param stuck whether that is too long
     */
    public record Sight(@Nullable Instant motionless, boolean stuck) {}

    /**
     * Watches a thread from now on, instead of the one that had this name.
     *
     * @param hasWork whether something waits to be done, or is being done, by this thread; called by any thread
     */
    public void watch(String name, Thread thread, BooleanSupplier hasWork) {
        watched.put(name, new Watched(thread, hasWork, clock.instant()));
    }

    /** The worker has ended as it should. */
    public void forget(String name) {
        watched.remove(name);
    }

    /** Looks at every worker, by name. */
    public synchronized Map<String, Sight> look() {
        Map<String, Sight> seen = new LinkedHashMap<>();
        watched.keySet().stream().sorted().forEach(name -> {
            Watched worker = watched.get(name);
            if (worker != null) {
                seen.put(name, look(worker));
            }
        });
        return seen;
    }

    private Sight look(Watched worker) {
        Instant now = clock.instant();
        long used = processorTime.applyAsLong(worker.thread.threadId());
        boolean moved = used >= 0 && used != worker.used;
        if (moved || !worker.hasWork.getAsBoolean()) {
            worker.used = used;
            worker.since = now;
            return new Sight(null, false);
        }
        return new Sight(worker.since, Duration.between(worker.since, now).compareTo(stuckAfter) > 0);
    }
}
