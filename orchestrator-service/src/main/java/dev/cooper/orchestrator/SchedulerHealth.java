package dev.cooper.orchestrator;

import dev.cooper.orchestrator.schedule.RunScheduler;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down when the thread that drives runs has ended; out of service while something keeps it from driving. */
final class SchedulerHealth implements HealthIndicator {

    private final RunScheduler scheduler;

    SchedulerHealth(RunScheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public Health health() {
        if (!scheduler.isAlive()) {
            return Health.down()
                    .withDetail("trouble", "the thread that drives runs has ended")
                    .build();
        }
        String trouble = scheduler.trouble();
        return trouble.isEmpty()
                ? Health.up().build()
                : Health.outOfService().withDetail("trouble", trouble).build();
    }
}
