package dev.cooper.cli.local;

import dev.cooper.orchestrator.OrchestratorApplication;
import dev.cooper.perturbation.PerturbationApplication;
import dev.cooper.policy.PolicyApplication;
import dev.cooper.reward.RewardApplication;
import dev.cooper.verifier.VerifierApplication;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Broker, database and services in this JVM over one data folder. A second start on the same folder goes on where the
 * first was, however that one ended.
 */
public final class LocalPlatform implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LocalPlatform.class);

    private static final List<String> OPEN = List.of(
            "cooper.security.tokens-file",
            "cooper.security.jwt.issuer",
            "cooper.security.jwt.jwk-set-uri",
            "cooper.security.service-token-file",
            "cooper.security.tls-bundle",
            "cooper.security.record-key-file");

    private final DataFolder folder;
    /** What runs, the newest first: the order to stop it in. */
    private final Deque<Running> running = new ArrayDeque<>();

    /** Ctrl-C and SIGTERM stop everything in order, also while it is still starting. */
    private final Thread onExit = new Thread(this::close, "stop-cooper");

    private URI address = URI.create("http://127.0.0.1");
    private boolean closed;

    private record Running(String name, AutoCloseable part) {}

    private LocalPlatform(DataFolder folder) {
        this.folder = folder;
    }

    /**
     * Checks the machine, then starts everything and returns when it serves.
     *
     * @param progress told what is being started, a few words each time
     * @throws CannotStartException if the machine, the port or the folder does not allow it; nothing is left running
     */
    public static LocalPlatform start(LocalSettings settings, Consumer<String> progress) {
        DataFolder folder = DataFolder.take(settings.dataFolder());
        LocalPlatform platform = new LocalPlatform(folder);
        platform.running.push(new Running("data folder", folder));
        Runtime.getRuntime().addShutdownHook(platform.onExit);
        try {
            Preflight.check(settings);
            if (settings.fresh()) {
                EmbeddedDatabase.stopOrphan(folder.database());
                folder.clear();
            }
            LocalLogging.to(folder.logFile());
            platform.startAll(settings, progress);
            return platform;
        } catch (RuntimeException e) {
            log.warn("the platform does not start", e);
            platform.close();
            throw e;
        }
    }

    private void startAll(LocalSettings settings, Consumer<String> progress) {
        progress.accept("broker and database");
        // Both mostly wait for the disk: side by side.
        CompletableFuture<EmbeddedDatabase> databaseStart = CompletableFuture.supplyAsync(
                () -> started("database", () -> EmbeddedDatabase.start(folder.database(), settings.cacheFolder())));
        EmbeddedBroker broker;
        try {
            broker = started("broker", () -> EmbeddedBroker.start(folder.broker()));
        } catch (RuntimeException e) {
            // The database must be there to be stopped.
            databaseStart.handle((_, _) -> e).join();
            throw e;
        }
        startServices(
                settings,
                progress,
                broker.bootstrapServers(),
                whenStarted(databaseStart).jdbcUrl());
    }

    private static EmbeddedDatabase whenStarted(CompletableFuture<EmbeddedDatabase> start) {
        try {
            return start.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof CannotStartException known ? known : e;
        }
    }

    private void startServices(LocalSettings settings, Consumer<String> progress, String broker, String jdbcUrl) {
        Map<String, String> common = new HashMap<>(Map.of(
                "cooper.kafka.bootstrap-servers", broker,
                // As the broker keeps it: a run on a laptop that was away for a month goes on.
                "cooper.kafka.retention", "365d",
                "cooper.storage-root", folder.storage().toString(),
                "server.address", "127.0.0.1",
                "server.port", "0",
                "spring.grpc.server.address", "127.0.0.1",
                "spring.grpc.server.port", "0"));
        // On loopback, for the user of this machine: whatever the environment says of an installation elsewhere.
        OPEN.forEach(setting -> common.put(setting, ""));
        progress.accept("policy service");
        ServiceContext policy = started(
                "policy-service", () -> ServiceContext.start("policy-service", PolicyApplication.class, common));
        progress.accept("verifier service");
        ServiceContext verifier = started(
                "verifier-service", () -> ServiceContext.start("verifier-service", VerifierApplication.class, common));
        progress.accept("reward service");
        Map<String, String> scoring = new HashMap<>(common);
        scoring.put("cooper.jobs.files-roots", "/");
        ServiceContext reward = started(
                "reward-service", () -> ServiceContext.start("reward-service", RewardApplication.class, scoring));
        progress.accept("perturbation service");
        Map<String, String> checking = new HashMap<>(common);
        checking.put("cooper.verifier.address", "127.0.0.1:" + verifier.grpcPort());
        started(
                "perturbation-service",
                () -> ServiceContext.start("perturbation-service", PerturbationApplication.class, checking));
        progress.accept("orchestrator");
        Map<String, String> steering = new HashMap<>(common);
        steering.put("server.port", Integer.toString(settings.httpPort()));
        steering.put("spring.datasource.url", jdbcUrl);
        steering.put("spring.datasource.username", "postgres");
        steering.put("spring.datasource.password", "");
        // The data folder's lock keeps a second one away; after a kill the run need not wait for the lease.
        steering.put("cooper.orchestrator.lease", "5s");
        // Whoever sends a request here could read the files himself.
        steering.put("cooper.orchestrator.more-files-roots", "/");
        steering.put("cooper.policy-trainer.address", "127.0.0.1:" + policy.grpcPort());
        steering.put("cooper.reward-trainer.address", "127.0.0.1:" + reward.grpcPort());
        ServiceContext orchestrator = started(
                "orchestrator-service",
                () -> ServiceContext.start("orchestrator-service", OrchestratorApplication.class, steering));
        address = URI.create("http://127.0.0.1:" + orchestrator.httpPort());
    }

    private <T extends AutoCloseable> T started(String name, Supplier<T> start) {
        T part = start.get();
        Running entry = new Running(name, part);
        synchronized (this) {
            if (!closed) {
                running.push(entry);
                return part;
            }
        }
        stop(entry);
        throw new CannotStartException("stopped while starting");
    }

    /** Where the orchestrator serves REST. */
    public URI address() {
        return address;
    }

    /** Where the reward service serves its jobs. */
    public URI jobs() {
        return Objects.requireNonNull(services().get("reward-service"), "the reward service is stopped");
    }

    /** Where the services serve health and metrics, by their names. */
    public synchronized Map<String, URI> services() {
        Map<String, URI> addresses = new HashMap<>();
        for (Running entry : running) {
            if (entry.part() instanceof ServiceContext service) {
                addresses.put(entry.name(), URI.create("http://127.0.0.1:" + service.httpPort()));
            }
        }
        return addresses;
    }

    public Path dataFolder() {
        return folder.root();
    }

    public Path logFile() {
        return folder.logFile();
    }

    /** How long the reward model has computed scores since the start, beside what else went on. */
    public Duration scoringTime() throws IOException {
        URI reward = Objects.requireNonNull(services().get("reward-service"), "the reward service is stopped");
        double seconds = PrometheusPage.of(reward).sum("cooper_scoring_batch_duration_seconds_sum");
        return Duration.ofMillis(Math.round(1000 * seconds));
    }

    /** Peak memory of this JVM and of the database's processes; {@link #close} makes it unknowable. */
    public PeakMemory peakMemory() {
        return PeakMemory.measure(folder.database());
    }

    /** Stops the services, then the database and the broker, the newest first. A second call does nothing. */
    @Override
    public void close() {
        Deque<Running> toStop;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            toStop = new ArrayDeque<>(running);
            running.clear();
        }
        while (!toStop.isEmpty()) {
            stop(toStop.pop());
        }
    }

    /** One part that does not stop must not keep the others from writing their data. */
    private static void stop(Running part) {
        try {
            part.part().close();
        } catch (Exception e) {
            log.error("{} did not stop cleanly", part.name(), e);
        }
    }
}
