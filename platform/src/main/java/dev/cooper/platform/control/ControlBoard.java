package dev.cooper.platform.control;

import dev.cooper.platform.line.Admission;
import dev.cooper.platform.line.AdmissionRule;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.proto.v1.RunControl;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The newest control of each run. Safe for use by several threads; everything but {@link #await} is a function of what
 * was posted, without a clock.
 */
public final class ControlBoard implements AdmissionRule {

    private final Map<String, RunControl> newest = new ConcurrentHashMap<>();
    private final List<Consumer<RunControl>> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition posted = lock.newCondition();

    /**
     * Takes the control if it is not older than what is known of its run. Listeners are called one control at a time,
     * in the order of their posting, by the thread that posts.
     *
     * @return false if it is of an earlier phase, which changes nothing
     */
    public boolean update(RunControl control) {
        lock.lock();
        try {
            RunControl known = newest.get(control.getRunId());
            if (known != null && Phase.of(control).compareTo(Phase.of(known)) < 0) {
                return false;
            }
            newest.put(control.getRunId(), control);
            posted.signalAll();
            listeners.forEach(listener -> listener.accept(control));
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets a run whose control was deleted. */
    public void forget(String runId) {
        newest.remove(runId);
    }

    public Optional<RunControl> of(String runId) {
        return Optional.ofNullable(newest.get(runId));
    }

    /** The newest control of every run known. */
    public List<RunControl> all() {
        return List.copyOf(newest.values());
    }

    /** Has the listener called with every control taken from now on; it must be quick and must not throw. */
    public void listen(Consumer<RunControl> listener) {
        listeners.add(listener);
    }

    /** Whether the group is to be worked on, as far as is known here. */
    @Override
    public Admission admit(GroupHeaders group) {
        RunControl control = newest.get(group.runId());
        if (control == null) {
            return Admission.AHEAD;
        }
        int order = Phase.of(group).compareTo(Phase.of(control));
        if (hasEnded(control) || order < 0) {
            return Admission.STALE;
        }
        if (order > 0) {
            return Admission.AHEAD;
        }
        return control.getCancelledSlotsList().contains(group.slot()) ? Admission.STALE : Admission.CURRENT;
    }

    /** As {@link #admit}, but waits for control to arrive while the group is ahead of it, at most for so long. */
    public Admission await(GroupHeaders group, Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long left = atMost.toNanos();
            Admission admission = admit(group);
            while (admission == Admission.AHEAD && left > 0) {
                left = posted.awaitNanos(left);
                admission = admit(group);
            }
            return admission;
        } finally {
            lock.unlock();
        }
    }

    private static boolean hasEnded(RunControl control) {
        return switch (control.getState()) {
            case COMPLETED, FAILED, RUN_CANCELLED -> true;
            case QUEUED, PREPARING, RUNNING, PAUSED, RUN_STATE_UNSPECIFIED, UNRECOGNIZED -> false;
        };
    }
}
