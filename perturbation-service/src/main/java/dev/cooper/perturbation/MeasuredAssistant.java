package dev.cooper.perturbation;

import dev.cooper.perturbation.assistant.Assistant;
import dev.cooper.perturbation.assistant.Rewrite;
import dev.cooper.perturbation.assistant.RewriteRequest;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.failure.FailureReasons;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Times an assistant and counts its failures, as those see it who wait for its texts. */
final class MeasuredAssistant implements Assistant {

    private final Assistant assistant;
    private final String kind;
    private final MeterRegistry registry;
    private final Timer latency;

    /** The assistant, measured under the name of its kind. */
    MeasuredAssistant(Assistant assistant, String kind, MeterRegistry registry) {
        this.assistant = assistant;
        this.kind = kind;
        this.registry = registry;
        this.latency = Timer.builder("cooper.assistant.duration")
                .description("from a rewrite's request to its text, waiting and retries included")
                .tag("assistant", kind)
                .register(registry);
    }

    @Override
    public Rewrite rewrite(RewriteRequest request) throws InterruptedException {
        Timer.Sample started = Timer.start(registry);
        try {
            Rewrite text = assistant.rewrite(request);
            started.stop(latency);
            return text;
        } catch (CooperException e) {
            Counter.builder("cooper.assistant.errors")
                    .description("rewrites that failed, by the reason")
                    .tag("assistant", kind)
                    .tag("reason", FailureReasons.tag(e.reason()))
                    .register(registry)
                    .increment();
            throw e;
        }
    }

    @Override
    public void close() {
        assistant.close();
    }
}
