package dev.cooper.verifier;

import dev.cooper.mathverifier.Verdict;
import dev.cooper.verifier.checking.CheckObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/** Counts verdicts by kind and by what decided, and times the checks. The names are in docs/metrics.md. */
final class VerdictMetrics implements CheckObserver {

    private static final Duration SHORTEST = Duration.ofNanos(1_000);
    private static final Duration LONGEST = Duration.ofMillis(100);

    private final MeterRegistry registry;
    private final Timer latency;

    VerdictMetrics(MeterRegistry registry) {
        this.registry = registry;
        latency = Timer.builder("cooper.check.duration")
                .description("one completion against a reference that was read before")
                .publishPercentileHistogram()
                .minimumExpectedValue(SHORTEST)
                .maximumExpectedValue(LONGEST)
                .register(registry);
    }

    @Override
    public Verdict observe(Supplier<Verdict> check) {
        Timer.Sample started = Timer.start(registry);
        Verdict verdict = check.get();
        started.stop(latency);
        Counter.builder("cooper.verdicts")
                .description("completions checked, by verdict and by the rule or reason that decided")
                .tag("verdict", tag(verdict.kind()))
                .tag("reason", tag(verdict.code()))
                .register(registry)
                .increment();
        return verdict;
    }

    private static String tag(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
