package dev.cooper.orchestrator;

import dev.cooper.orchestrator.run.Stall;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How long a stalled step has stood where it is: a gauge for each service that it waits for, while it does. */
final class StallGauges {

    private final MeterRegistry registry;
    private final Clock clock;
    private final Map<String, List<Meter>> shown = new HashMap<>();

    StallGauges(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /** @param stall nothing when the run goes on */
    synchronized void show(String runId, Optional<Stall> stall) {
        shown.getOrDefault(runId, List.of()).forEach(registry::remove);
        List<Meter> gauges = new ArrayList<>();
        stall.ifPresent(now -> now.openGroups().keySet().forEach(service -> gauges.add(gauge(runId, now, service))));
        shown.put(runId, gauges);
        if (gauges.isEmpty()) {
            shown.remove(runId);
        }
    }

    private Meter gauge(String runId, Stall stall, String service) {
        return Gauge.builder("cooper.step.stalled", stall, this::seconds)
                .baseUnit("seconds")
                .strongReference(true)
                .tag("run", runId)
                .tag("state", stall.state())
                .tag("waits_for", service)
                .register(registry);
    }

    private double seconds(Stall stall) {
        return Duration.between(stall.since(), clock.instant()).toMillis() / 1000.0;
    }
}
