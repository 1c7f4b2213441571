package dev.cooper.modelruntime.service;

import dev.cooper.modelruntime.hosting.Worker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.stream.binding.BindingsLifecycleController;
import org.springframework.cloud.stream.binding.BindingsLifecycleController.State;
import org.springframework.context.SmartLifecycle;

/**
 * The thread of a stage, and the binding that feeds it, whose own start is switched off: an instance without the role
 * joins no consumer group. Stops before the bindings do; what is not finished then is delivered again after the next
 * start.
 */
public final class WorkerLifecycle implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(WorkerLifecycle.class);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(15);

    private final String name;
    private final Worker worker;
    private final Runnable release;
    private final String binding;
    private final BindingsLifecycleController bindings;
    private @Nullable Thread thread;

    /**
     * A lifecycle.
     *
     * @param name of the thread, and in the log
     * @param release frees what the work used; called once, by the thread that worked, after it
     * @param binding such as {@code prompts-in-0}
     */
    public WorkerLifecycle(
            String name, Worker worker, Runnable release, String binding, BindingsLifecycleController bindings) {
        this.name = name;
        this.worker = worker;
        this.release = release;
        this.binding = binding;
        this.bindings = bindings;
    }

    @Override
    public synchronized void start() {
        thread = Thread.ofPlatform().name(name).start(this::work);
        bindings.changeState(binding, State.STARTED);
    }

    private void work() {
        try {
            worker.run();
        } catch (InterruptedException e) {
            log.info("the {} was interrupted", name);
            Thread.currentThread().interrupt();
        } finally {
            release.run();
        }
    }

    @Override
    public synchronized void stop() {
        worker.close();
        if (thread != null) {
            try {
                if (!thread.join(LONGEST_STOP)) {
                    log.warn("the {} did not end within {} and is interrupted", name, LONGEST_STOP);
                    thread.interrupt();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            thread = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }
}
