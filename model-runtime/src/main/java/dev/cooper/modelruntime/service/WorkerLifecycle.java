package dev.cooper.modelruntime.service;

import dev.cooper.modelruntime.hosting.Worker;
import dev.cooper.platform.health.Workers;
import java.util.function.BooleanSupplier;
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

    private final String name;
    private final Worker worker;
    private final Runnable release;
    private final String binding;
    private final BindingsLifecycleController bindings;
    private final Watch watch;
    private @Nullable Thread thread;

    /**
     * A lifecycle.
     *
     * @param name of the thread, and in the log
     * @param release frees what the work used; called once, by the thread that worked, after it
     * @param binding such as {@code prompts-in-0}
     */
    public WorkerLifecycle(
            String name,
            Worker worker,
            Runnable release,
            String binding,
            BindingsLifecycleController bindings,
            Watch watch) {
        this.name = name;
        this.worker = worker;
        this.release = release;
        this.binding = binding;
        this.bindings = bindings;
        this.watch = watch;
    }

    /**
     * Who finds out whether the thread is stuck.
     *
     * @param hasWork whether groups wait for it, or are in its hands
     */
    public record Watch(Workers workers, BooleanSupplier hasWork) {}

    @Override
    public synchronized void start() {
        thread = Thread.ofPlatform().name(name).start(this::work);
        watch.workers().watch(name, thread, watch.hasWork());
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
        watch.workers().forget(name);
        worker.close();
        if (thread != null) {
            try {
                if (!thread.join(worker.closesWithin())) {
                    log.warn("the {} did not end within {} and is interrupted", name, worker.closesWithin());
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
