package dev.cooper.orchestrator.run;

/** Keeps what a run waits for. */
final class Watchdog {

    private volatile RunProgress progress;

    Watchdog(String runId) {
        this.progress = RunProgress.none(runId);
    }

    RunProgress progress() {
        return progress;
    }

    void show(RunProgress now) {
        progress = now;
    }

    void alive() {}
}
