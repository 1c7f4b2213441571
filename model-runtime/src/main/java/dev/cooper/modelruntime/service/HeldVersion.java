package dev.cooper.modelruntime.service;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Which version of its model a service has loaded, as a gauge: how far it is behind the trainer. */
public final class HeldVersion {

    private HeldVersion() {}

    /**
     * Registers the gauge. It has no number (NaN) while no version is loaded.
     *
     * @param version asked at every scrape, by any thread
     */
    public static Gauge gauge(String name, Supplier<OptionalLong> version, MeterRegistry registry) {
        return Gauge.builder(name, () -> {
                    OptionalLong held = version.get();
                    return held.isPresent() ? (double) held.getAsLong() : Double.NaN;
                })
                .description("number of the version that is loaded")
                .strongReference(true)
                .register(registry);
    }
}
