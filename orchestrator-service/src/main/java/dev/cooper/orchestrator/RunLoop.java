package dev.cooper.orchestrator;

import dev.cooper.orchestrator.schedule.RunScheduler;
import org.springframework.context.SmartLifecycle;

/** Starts the scheduler when the log is there, and stops it after the web server and before the log. */
final class RunLoop implements SmartLifecycle {

    private final RunScheduler scheduler;
    private volatile boolean running;

    RunLoop(RunScheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public void start() {
        scheduler.start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        scheduler.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
