package dev.cooper.platform.service;

import dev.cooper.platform.control.ControlBoard;
import dev.cooper.platform.kafka.ControlReader;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while the control topic is followed; part of readiness. */
final class ControlHealth implements HealthIndicator {

    private final ControlReader reader;
    private final ControlBoard board;

    ControlHealth(ControlReader reader, ControlBoard board) {
        this.reader = reader;
        this.board = board;
    }

    @Override
    public Health health() {
        Health.Builder health = reader.isCurrent() ? Health.up() : Health.outOfService();
        String trouble = reader.trouble();
        if (trouble != null) {
            health.withDetail("trouble", trouble);
        }
        return health.withDetail("runs", board.all().size()).build();
    }
}
