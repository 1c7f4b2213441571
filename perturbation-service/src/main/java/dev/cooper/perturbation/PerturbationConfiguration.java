package dev.cooper.perturbation;

import dev.cooper.perturbation.assistant.Assistant;
import dev.cooper.perturbation.checking.VerifierClient;
import dev.cooper.perturbation.pairing.GroupPairing;
import dev.cooper.perturbation.pairing.PairingAdmission;
import dev.cooper.perturbation.pairing.PairingObserver;
import dev.cooper.perturbation.pairing.PairingStage;
import dev.cooper.platform.control.ControlBoard;
import dev.cooper.platform.health.Workers;
import dev.cooper.platform.line.GroupMessage;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.platform.rpc.Channels;
import dev.cooper.platform.stream.Line;
import dev.cooper.platform.stream.WorkQueue;
import dev.cooper.platform.tracing.Tracing;
import dev.cooper.proto.v1.PairOutcome;
import dev.cooper.proto.v1.ScoredGroup;
import io.grpc.ManagedChannel;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Scored groups from the line to the stage, and pairs back. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({PairingStageSettings.class, VerifierSettings.class})
class PerturbationConfiguration {

    /** The stream's function, bound to the topic of scored groups. */
    @Bean
    WorkQueue<ScoredGroup, PairOutcome> scored(Line line, ControlBoard board, PairingStageSettings settings) {
        return line.queue(
                PairingStage.NAME,
                GroupMessage.SCORED,
                GroupMessage.PAIRS,
                settings.queue(),
                new PairingAdmission(board));
    }

    @Bean(destroyMethod = "shutdownNow")
    ManagedChannel verifierChannel(Channels channels, VerifierSettings settings) {
        return channels.open(VerifierSettings.ADDRESS, settings.address());
    }

    @Bean
    VerifierClient verifierClient(ManagedChannel verifierChannel, VerifierSettings settings, Tracing tracing) {
        return new VerifierClient(
                verifierChannel,
                tracing.observed(verifierChannel),
                settings.deadline(),
                settings.pauses(),
                Thread::sleep);
    }

    @Bean
    PairingObserver pairingObserver(MeterRegistry registry) {
        return new PairingMetrics(registry);
    }

    @Bean
    GroupPairing groupPairing(
            Assistant embeddedAssistant,
            Assistant endpointAssistant,
            VerifierClient verifier,
            TopicNames names,
            PairingObserver observer) {
        return new GroupPairing(embeddedAssistant, endpointAssistant, verifier, names, observer);
    }

    @Bean
    PairingStage pairingStage(
            WorkQueue<ScoredGroup, PairOutcome> queue,
            GroupPairing pairing,
            PairingObserver observer,
            MeterRegistry registry) {
        PairingStage stage = new PairingStage(queue, pairing, observer);
        Gauge.builder("cooper.pairing.queue", queue::size)
                .description("groups taken in that nobody works on yet")
                .register(registry);
        Gauge.builder("cooper.pairing.groups.in.flight", stage::inFlight)
                .description("groups whose pairs are being made")
                .register(registry);
        return stage;
    }

    @Bean
    PairingLifecycle pairingLifecycle(PairingStage stage, WorkQueue<ScoredGroup, PairOutcome> queue, Workers workers) {
        return new PairingLifecycle(stage, workers, () -> queue.size() > 0);
    }
}
