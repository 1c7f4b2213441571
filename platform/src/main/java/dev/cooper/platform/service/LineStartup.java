package dev.cooper.platform.service;

import dev.cooper.platform.kafka.ControlReader;
import dev.cooper.platform.kafka.TopicSetup;
import org.springframework.context.SmartLifecycle;

/** Before anything serves: topics exist, and all control that was written is known. Stops after everything else. */
final class LineStartup implements SmartLifecycle {

    private static final int BEFORE_ALL_OTHERS = Integer.MIN_VALUE + 100;

    private final TopicSetup topics;
    private final ControlReader control;
    private volatile boolean running;

    LineStartup(TopicSetup topics, ControlReader control) {
        this.topics = topics;
        this.control = control;
    }

    @Override
    public void start() {
        topics.ensure();
        control.start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        control.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return BEFORE_ALL_OTHERS;
    }
}
