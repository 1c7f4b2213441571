package dev.cooper.modelruntime.service;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The CUDA devices that the process sees, where the engine may compute on one. Without the driver's library there are
 * no such series, and the log says why.
 */
final class GpuGauges implements MeterBinder {

    private static final Logger log = LoggerFactory.getLogger(GpuGauges.class);
    private static final String CPU = "cpu";

    private final String device;
    private final String library;

    /** @param device as {@link EngineSettings#device} */
    GpuGauges(String device, String library) {
        this.device = device;
        this.library = library;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        if (device.equals(CPU)) {
            return;
        }
        try {
            GpuFigures figures = new GpuFigures(library);
            for (int gpu = 0; gpu < figures.devices(); gpu++) {
                bind(figures, gpu, registry);
            }
        } catch (IllegalArgumentException | IllegalStateException e) {
            log.warn("no figures of GPU memory: {} cannot be used: {}", library, e.getMessage());
        }
    }

    private static void bind(GpuFigures figures, int gpu, MeterRegistry registry) {
        Tags tags = Tags.of("gpu", Integer.toString(gpu));
        Gauge.builder("cooper.gpu.memory.used", figures, of -> of.usedBytes(gpu))
                .description("memory of the device in use, by whomever")
                .baseUnit("bytes")
                .tags(tags)
                .strongReference(true)
                .register(registry);
        Gauge.builder("cooper.gpu.memory.max", figures, of -> of.maxBytes(gpu))
                .description("memory that the device has")
                .baseUnit("bytes")
                .tags(tags)
                .strongReference(true)
                .register(registry);
        Gauge.builder("cooper.gpu.busy.share", figures, of -> of.busyShare(gpu))
                .description("share of the last moments in which the device computed something")
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }
}
