package dev.cooper.cli.local;

import dev.cooper.cli.client.CooperClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The services as processes of their own, around a broker and a database in this one. They ask for tokens, and sign
 * what they write.
 */
final class Installation implements AutoCloseable {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final Path data;
    private final EmbeddedBroker broker;
    private final EmbeddedDatabase database;
    private final Map<String, ServiceProcess> processes = new LinkedHashMap<>();

    private Installation(Path data, EmbeddedBroker broker, EmbeddedDatabase database) {
        this.data = data;
        this.broker = broker;
        this.database = database;
    }

    /** One process a service. */
    static Installation ofFive(Path data) throws IOException, InterruptedException {
        Installation installation = begin(data);
        installation.add("policy", Service.POLICY, Map.of());
        installation.completeAround("policy");
        return installation;
    }

    /** One process a service, and the policy's in three: one that trains, and two that share the sampling. */
    static Installation withTwoSamplers(Path data) throws IOException, InterruptedException {
        Installation installation = begin(data);
        installation.add("trainer", Service.POLICY, Map.of("cooper.roles", "trainer"));
        installation.add("sampler-1", Service.POLICY, Map.of("cooper.roles", "sampler"));
        installation.add("sampler-2", Service.POLICY, Map.of("cooper.roles", "sampler"));
        installation.completeAround("trainer");
        return installation;
    }

    private static Installation begin(Path data) throws IOException {
        Files.createDirectories(data);
        Files.writeString(data.resolve("secret"), SECRET);
        Files.writeString(data.resolve("tokens"), "test operator " + SECRET);
        EmbeddedBroker broker = EmbeddedBroker.start(data.resolve("kafka"));
        EmbeddedDatabase database =
                EmbeddedDatabase.start(data.resolve("postgres"), LocalSettings.defaultCacheFolder());
        return new Installation(data, broker, database);
    }

    private void completeAround(String policyTrainer) throws IOException, InterruptedException {
        add("verifier", Service.VERIFIER, Map.of());
        add("reward", Service.REWARD, Map.of());
        add(
                "perturbation",
                Service.PERTURBATION,
                Map.of(
                        "cooper.verifier.address",
                        process("verifier").grpcAddress(),
                        // A verifier that is killed takes a while to come back, on a machine that does ten things more.
                        "cooper.verifier.max-retries",
                        "30"));
        add(
                "orchestrator",
                Service.ORCHESTRATOR,
                Map.of(
                        "spring.datasource.url",
                        database.jdbcUrl(),
                        "spring.datasource.username",
                        "postgres",
                        "spring.datasource.password",
                        "",
                        "cooper.orchestrator.lease",
                        "5s",
                        "cooper.policy-trainer.address",
                        process(policyTrainer).grpcAddress(),
                        "cooper.reward-trainer.address",
                        process("reward").grpcAddress()));
        try {
            for (ServiceProcess process : processes.values()) {
                process.launch();
            }
            for (ServiceProcess process : processes.values()) {
                process.awaitReady();
            }
        } catch (IOException | InterruptedException | AssertionError e) {
            close();
            throw e;
        }
    }

    private void add(String name, Service service, Map<String, String> own) {
        Map<String, String> settings = new HashMap<>(own);
        settings.put("cooper.kafka.bootstrap-servers", broker.bootstrapServers());
        settings.put("cooper.storage-root", data.resolve("storage").toString());
        settings.put("cooper.instance", name);
        settings.put("cooper.security.tokens-file", data.resolve("tokens").toString());
        settings.put(
                "cooper.security.service-token-file", data.resolve("secret").toString());
        settings.put("cooper.security.record-key-file", data.resolve("secret").toString());
        if (service == Service.ORCHESTRATOR) {
            settings.put("cooper.orchestrator.more-files-roots", "/");
        }
        processes.put(name, new ServiceProcess(service, data.resolve(name + ".log"), settings));
    }

    /** In the order in which they were started. */
    List<String> names() {
        return List.copyOf(processes.keySet());
    }

    ServiceProcess process(String name) {
        return Objects.requireNonNull(processes.get(name), name);
    }

    CooperClient client() {
        return new CooperClient(process("orchestrator").address(), Optional.of(SECRET));
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    StepTable stepTable() throws SQLException {
        return StepTable.open(database.jdbcUrl());
    }

    /** The newest first. */
    @Override
    public void close() {
        new ArrayList<>(processes.values()).reversed().forEach(ServiceProcess::close);
        try {
            database.close();
        } catch (IOException e) {
            throw new IllegalStateException("the database does not stop", e);
        } finally {
            broker.close();
        }
    }
}
