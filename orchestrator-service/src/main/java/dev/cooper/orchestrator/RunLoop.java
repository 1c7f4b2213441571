package dev.cooper.orchestrator;

import dev.cooper.orchestrator.schedule.RunScheduler;
import dev.cooper.platform.health.Workers;
import org.springframework.context.SmartLifecycle;

/** Starts the scheduler when the log is there, and stops it after the web server and before the log. */
final class RunLoop implements SmartLifecycle {

    private final RunScheduler scheduler;
    private final Workers workers;
    private volatile boolean running;

    RunLoop(RunScheduler scheduler, Workers workers) {
        this.scheduler = scheduler;
        this.workers = workers;
    }

    @Override
    public void start() {
        scheduler.start();
        // It looks at the ledger several times a second, also when there is no run.
        workers.watch("scheduler", scheduler.thread(), () -> true);
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        workers.forget("scheduler");
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
