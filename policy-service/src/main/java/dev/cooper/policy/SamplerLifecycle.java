package dev.cooper.policy;

import dev.cooper.policy.sampling.SamplingEngine;
import dev.cooper.policy.sampling.SamplingStage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.stream.binding.BindingsLifecycleController;
import org.springframework.cloud.stream.binding.BindingsLifecycleController.State;
import org.springframework.context.SmartLifecycle;

/**
 * The engine's thread, and the binding that feeds it: an instance without this role joins no consumer group. Stops
 * before the bindings do; what is not finished then is delivered again after the next start.
 */
final class SamplerLifecycle implements SmartLifecycle {

    static final String BINDING = "prompts-in-0";

    private static final Logger log = LoggerFactory.getLogger(SamplerLifecycle.class);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(15);

    private final SamplingStage stage;
    private final SamplingEngine engine;
    private final BindingsLifecycleController bindings;
    private @Nullable Thread thread;

    SamplerLifecycle(SamplingStage stage, SamplingEngine engine, BindingsLifecycleController bindings) {
        this.stage = stage;
        this.engine = engine;
        this.bindings = bindings;
    }

    @Override
    public synchronized void start() {
        thread = Thread.ofPlatform().name("sampler").start(this::work);
        bindings.changeState(BINDING, State.STARTED);
    }

    private void work() {
        try (engine) {
            stage.run();
        } catch (InterruptedException e) {
            log.info("the sampler was interrupted");
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void stop() {
        stage.close();
        if (thread != null) {
            try {
                if (!thread.join(LONGEST_STOP)) {
                    log.warn("the sampler did not end within {} and is interrupted", LONGEST_STOP);
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
