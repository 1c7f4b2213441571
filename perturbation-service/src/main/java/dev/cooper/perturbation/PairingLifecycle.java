package dev.cooper.perturbation;

import dev.cooper.perturbation.pairing.PairingStage;
import dev.cooper.platform.health.Workers;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The thread that takes groups in. Stops before the bindings and the assistants do; what is not finished then is
 * delivered again after the next start.
 */
final class PairingLifecycle implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(PairingLifecycle.class);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final PairingStage stage;
    private final Workers workers;
    private final BooleanSupplier hasWork;
    private @Nullable Thread thread;

    /** @param hasWork whether groups wait to be taken in */
    PairingLifecycle(PairingStage stage, Workers workers, BooleanSupplier hasWork) {
        this.stage = stage;
        this.workers = workers;
        this.hasWork = hasWork;
    }

    @Override
    public synchronized void start() {
        thread = Thread.ofPlatform().name("pairing").start(this::work);
        workers.watch("pairing", thread, hasWork);
    }

    private void work() {
        try {
            stage.run();
        } catch (InterruptedException e) {
            log.info("the stage was interrupted");
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void stop() {
        workers.forget("pairing");
        stage.close();
        if (thread != null) {
            try {
                if (!thread.join(LONGEST_STOP)) {
                    log.warn("the stage did not end within {} and is interrupted", LONGEST_STOP);
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
