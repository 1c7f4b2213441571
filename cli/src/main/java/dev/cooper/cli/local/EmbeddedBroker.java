package dev.cooper.cli.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Kafka broker and its controller in this JVM, on loopback, over a folder that is kept.
 *
 * <p>The only class that knows Kafka's internal classes. The cluster's id is written once, when the folder is
 * formatted; the ports are the ones of last time if they are free.
 */
final class EmbeddedBroker implements AutoCloseable {
    private static final String CONTROLLER = "CONTROLLER";
    private static final int NODE = 1;
    /** A group's record nests all before it; 16 MiB is some hundred completions of a thousand tokens. */
    private static final int LARGEST_RECORD = 16 << 20;

    private final KafkaRaftServer server;
    private final Ports ports;

    private record Ports(int broker, int controller) {}

    private EmbeddedBroker(KafkaRaftServer server, Ports ports) {
        this.server = server;
        this.ports = ports;
    }

    /** Formats the folder the first time, and starts on what it holds every other time. */
    static EmbeddedBroker start(Path folder) {
        try {
            Path data = Files.createDirectories(folder.resolve("data"));
            Ports ports = choosePorts(folder.resolve("ports.properties"));
            if (!Files.exists(data.resolve("meta.properties"))) {
                format(data);
            }
            KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings(data, ports)), Time.SYSTEM);
            server.startup();
            return new EmbeddedBroker(server, ports);
        } catch (Exception e) {
            throw new CannotStartException("the broker does not start on " + folder + ": " + e.getMessage(), e);
        }
    }

    String bootstrapServers() {
        return "127.0.0.1:" + ports.broker();
    }

    /** Writes everything to disk and stops. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path data) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(NODE)
                .setUnstableFeatureVersionsEnabled(false)
                .setControllerListenerName(CONTROLLER)
                .setMetadataLogDirectory(data.toString())
                .addDirectory(data.toString())
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .run();
    }

    private static Properties settings(Path data, Ports ports) {
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                Integer.toString(NODE),
                "listeners",
                "PLAINTEXT://127.0.0.1:" + ports.broker() + ",CONTROLLER://127.0.0.1:" + ports.controller(),
                "advertised.listeners",
                "PLAINTEXT://127.0.0.1:" + ports.broker(),
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "controller.listener.names",
                CONTROLLER,
                "inter.broker.listener.name",
                "PLAINTEXT",
                "controller.quorum.voters",
                NODE + "@127.0.0.1:" + ports.controller(),
                "log.dirs",
                data.toString()));
        settings.putAll(singleNode());
        settings.putAll(keptData());
        settings.putAll(smallFootprint());
        return settings;
    }

    private static Map<String, String> singleNode() {
        return Map.of(
                "auto.create.topics.enable", "false",
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "1",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "1",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "share.coordinator.state.topic.num.partitions", "1",
                "group.initial.rebalance.delay.ms", "0");
    }

    private static Map<String, String> keptData() {
        return Map.of(
                // A laptop may sleep for weeks within a run: its open steps and its place in the topics must outlast
                // that.
                "log.retention.ms",
                "-1",
                "offsets.retention.minutes",
                Integer.toString(365 * 24 * 60),
                // A power cut costs at most this much of the log; a killed process costs nothing.
                "log.flush.interval.ms",
                "2000",
                "log.flush.scheduler.interval.ms",
                "1000",
                "message.max.bytes",
                Integer.toString(LARGEST_RECORD),
                "replica.fetch.max.bytes",
                Integer.toString(LARGEST_RECORD));
    }

    private static Map<String, String> smallFootprint() {
        return Map.of(
                "log.cleaner.dedupe.buffer.size", "2097152",
                "log.index.size.max.bytes", "1048576",
                "num.network.threads", "1",
                "num.io.threads", "2",
                "background.threads", "1",
                "num.replica.alter.log.dirs.threads", "1",
                "group.coordinator.threads", "1",
                "share.coordinator.threads", "1");
    }

    private static Ports choosePorts(Path file) throws IOException {
        Properties last = new Properties();
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                last.load(in);
            }
        }
        Ports ports = freePorts(
                Integer.parseInt(last.getProperty("broker", "0")),
                Integer.parseInt(last.getProperty("controller", "0")));
        Properties now = new Properties();
        now.setProperty("broker", Integer.toString(ports.broker()));
        now.setProperty("controller", Integer.toString(ports.controller()));
        try (OutputStream out = Files.newOutputStream(file)) {
            now.store(out, "Ports of the embedded broker on 127.0.0.1");
        }
        return ports;
    }

    /** Both at once, so that they differ. */
    private static Ports freePorts(int wantedBroker, int wantedController) throws IOException {
        try (ServerSocket broker = bind(wantedBroker);
                ServerSocket controller = bind(wantedController)) {
            return new Ports(broker.getLocalPort(), controller.getLocalPort());
        }
    }

    private static ServerSocket bind(int wanted) throws IOException {
        if (wanted != 0) {
            try {
                return new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress());
            } catch (IOException _) {
                // Someone else has it by now; any other port does as well.
            }
        }
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
