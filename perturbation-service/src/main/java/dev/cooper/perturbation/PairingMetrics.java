package dev.cooper.perturbation;

import dev.cooper.perturbation.pairing.PairingObserver;
import dev.cooper.proto.v1.NegativeSource;
import dev.cooper.proto.v1.NoPair;
import dev.cooper.proto.v1.NoPairReason;
import dev.cooper.proto.v1.Pair;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
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
                .description("pairs sent, by the source of the negative and the text that it was, from 1")
                .tag("source", tag(pair.getSource()))
                .tag("attempt", Integer.toString(pair.getAttempts()))
                .register(registry)
                .increment();
        DistributionSummary.builder("cooper.pairs.length.ratio")
                .description("words of the negative over words of the positive")
                .tag("source", tag(pair.getSource()))
                .register(registry)
                .record(pair.getLengthRatio());
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

    @Override
    public void rejected(NegativeSource source, NoPairReason reason) {
        Counter.builder("cooper.pairing.rejected")
                .description("texts that are no negative, by the reason, whether a later one was or not")
                .tag("source", tag(source))
                .tag("reason", tag(reason))
                .register(registry)
                .increment();
    }

    private static String tag(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
