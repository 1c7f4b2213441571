package dev.cooper.platform.health;

import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down when a worker is stuck; part of liveness, so that the process is restarted, and only then. */
public final class WorkersHealth implements HealthIndicator {

    private final Workers workers;

    public WorkersHealth(Workers workers) {
        this.workers = workers;
    }

    @Override
    public Health health() {
        Map<String, Workers.Sight> seen = workers.look();
        boolean stuck = seen.values().stream().anyMatch(Workers.Sight::stuck);
        Health.Builder health = stuck ? Health.down() : Health.up();
        seen.forEach((name, sight) -> health.withDetail(name, inWords(sight)));
        return health.build();
    }

    private static String inWords(Workers.Sight sight) {
        if (sight.motionless() == null) {
            return "moves, or has nothing to do";
        }
        return (sight.stuck() ? "stuck: " : "") + "has work and has not moved since " + sight.motionless();
    }
}
