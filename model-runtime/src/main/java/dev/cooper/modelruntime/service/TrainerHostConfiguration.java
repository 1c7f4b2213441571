package dev.cooper.modelruntime.service;

import dev.cooper.modelruntime.grpc.TrainerEndpoint;
import dev.cooper.modelruntime.kafka.KafkaManifestReader;
import dev.cooper.modelruntime.storage.WeightStore;
import dev.cooper.modelruntime.trainer.CheckpointStore;
import dev.cooper.modelruntime.trainer.TrainerHost;
import dev.cooper.modelruntime.trainer.TrainerPorts;
import dev.cooper.platform.health.Workers;
import dev.cooper.platform.kafka.KafkaClients;
import dev.cooper.platform.kafka.KafkaRecords;
import dev.cooper.platform.service.CooperSettings;
import dev.cooper.platform.tracing.Tracing;
import io.grpc.BindableService;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A trainer behind its gRPC endpoint, for the service that imports it and has a bean {@link TrainedModels}. */
@Configuration(proxyBeanMethods = false)
public class TrainerHostConfiguration {

    private static final Duration LOG_PATIENCE = Duration.ofSeconds(30);

    @Bean
    KafkaManifestReader manifestReader(KafkaClients clients, KafkaRecords records) {
        return new KafkaManifestReader(() -> clients.reader("manifest"), records, LOG_PATIENCE);
    }

    /** One thread: an update uses all that the engine has, and the model is used by one thread at a time. */
    @Bean
    ExecutorService trainerThread(Workers workers) {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(
                        1,
                        1,
                        0,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform().name("trainer").factory()) {
                    @Override
                    protected void beforeExecute(Thread thread, Runnable task) {
                        workers.watch("trainer", thread, () -> true);
                    }

                    @Override
                    protected void afterExecute(Runnable task, @Nullable Throwable thrown) {
                        workers.forget("trainer");
                    }
                };
        return executor;
    }

    @Bean
    TrainerHost trainerHost(
            TrainedModels models,
            KafkaManifestReader manifests,
            WeightStore weights,
            CooperSettings settings,
            ExecutorService trainerThread,
            Tracing tracing,
            Clock clock) {
        TrainerPorts ports = new TrainerPorts(
                models.factory(), manifests, weights, new CheckpointStore(settings.storageRoot()), clock);
        return new TrainerHost(
                models.kind(), settings.instance(), ports, tracing.following("trainer work", trainerThread));
    }

    @Bean
    BindableService trainerEndpoint(TrainerHost trainer, MeterRegistry registry) {
        Gauge.builder(
                        "cooper.trainer.version",
                        () -> trainer.describe().getVersion().getNumber())
                .description("version that the trainer holds")
                .register(registry);
        Gauge.builder("cooper.trainer.step", () -> trainer.describe().getTrainingStep())
                .description("step whose update is under way, 0 for none")
                .register(registry);
        Gauge.builder(
                        "cooper.trainer.checkpoint.version",
                        () -> trainer.describe().getCheckpoint())
                .description("version that a restart would begin from")
                .register(registry);
        Gauge.builder("cooper.trainer.checkpoint.timestamp", () -> seconds(trainer.checkpointAt()))
                .description("when that version was made, since 1970; of an initial model when it was loaded")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder(
                        "cooper.trainer.checkpoints.damaged",
                        () -> trainer.describe().getWarningsCount())
                .description("checkpoints that were damaged and set aside; named in the trainer's state")
                .register(registry);
        return new TrainerEndpoint(trainer);
    }

    /** NaN before a model is loaded. */
    private static double seconds(Optional<Instant> at) {
        return at.map(instant -> instant.toEpochMilli() / 1000.0).orElse(Double.NaN);
    }
}
