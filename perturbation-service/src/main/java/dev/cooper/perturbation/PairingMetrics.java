package dev.cooper.perturbation;

import dev.cooper.perturbation.pairing.PairingObserver;
import dev.cooper.proto.v1.NegativeSource;
import dev.cooper.proto.v1.NoPair;
import dev.cooper.proto.v1.Pair;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** Counts pairs, the reasons for none, and what was tried. The names are in docs/metrics.md. */
final class PairingMetrics implements PairingObserver {

    private final MeterRegistry registry;

    PairingMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void paired(Pair pair) {
        Counter.builder("cooper.pairs")
                .description("pairs sent, by the source of the negative")
                .tag("source", tag(pair.getSource()))
                .register(registry)
                .increment();
    }

    @Override
    public void none(NoPair none) {
        Counter.builder("cooper.pairs.none")
                .description("groups without a pair, by the reason")
                .tag("reason", tag(none.getReason()))
                .register(registry)
                .increment();
    }

    @Override
    public void tried(NegativeSource source) {
        Counter.builder("cooper.pairing.attempts")
                .description("texts written to become a negative, good or not")
                .tag("source", tag(source))
                .register(registry)
                .increment();
    }

    private static String tag(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
