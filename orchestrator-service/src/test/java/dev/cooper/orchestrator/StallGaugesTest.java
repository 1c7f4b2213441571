package dev.cooper.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.orchestrator.run.Stall;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StallGaugesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:01:30Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final StallGauges gauges = new StallGauges(registry, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void aStallIsShownForEachServiceUntilItIsOver() {
        Stall stall = new Stall(
                "SAMPLING",
                NOW.minusSeconds(90),
                new TreeMap<>(Map.of("policy-service", List.of(1), "reward-service", List.of(2))));
        gauges.show("r1", Optional.of(stall));

        assertThat(registry.get("cooper.step.stalled")
                        .tags("run", "r1", "state", "SAMPLING", "waits_for", "reward-service")
                        .gauge()
                        .value())
                .isEqualTo(90);
        assertThat(registry.find("cooper.step.stalled").gauges()).hasSize(2);

        gauges.show("r1", Optional.empty());
        assertThat(registry.getMeters()).isEmpty();
    }
}
