package dev.cooper.platform.kafka;

import dev.cooper.platform.failure.CooperException;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where the log is and how its topics are made.
 *
 * @param bootstrapServers brokers to ask first, host:port, separated by commas
 * @param partitions of each topic that groups travel; the unit of scale-out
 * @param replication copies of each partition; all but one must hold a record before it counts as written
 * @param retention how long groups stay in their topics; must cover the steps since a trainer's last checkpoint
 * @param maxRecordSize largest record; topics are made to take it
 * @param sendTimeout how long a record may take to be written
 * @param startupTimeout how long a service waits for broker, topics and control when it starts
 * @param client further settings of every Kafka client, such as {@code security.protocol}
 */
@ConfigurationProperties(prefix = "cooper.kafka", ignoreUnknownFields = false)
public record KafkaSettings(
        @DefaultValue("127.0.0.1:9092") String bootstrapServers,
        @DefaultValue("4") int partitions,
        @DefaultValue("1") int replication,
        @DefaultValue("7d") Duration retention,
        @DefaultValue("16MB") DataSize maxRecordSize,
        @DefaultValue("30s") Duration sendTimeout,
        @DefaultValue("60s") Duration startupTimeout,
        @DefaultValue Map<String, String> client) {

    private static final int LARGEST_RECORD_MB = 256;

    public KafkaSettings {
        require(!bootstrapServers.isBlank(), "bootstrap-servers", "must name a broker as host:port");
        require(partitions >= 1 && partitions <= 1000, "partitions", "must be 1 to 1000, is " + partitions);
        require(replication >= 1 && replication <= 32, "replication", "must be 1 to 32, is " + replication);
        require(retention.compareTo(Duration.ofMinutes(1)) >= 0, "retention", "must be at least 1m, is " + retention);
        require(
                maxRecordSize.toMegabytes() >= 1 && maxRecordSize.toMegabytes() <= LARGEST_RECORD_MB,
                "max-record-size",
                "must be 1MB to " + LARGEST_RECORD_MB + "MB, is " + maxRecordSize);
        require(
                sendTimeout.compareTo(Duration.ofSeconds(1)) >= 0 && sendTimeout.compareTo(Duration.ofMinutes(4)) <= 0,
                "send-timeout",
                "must be 1s to 4m, is " + sendTimeout);
        require(
                startupTimeout.compareTo(Duration.ofSeconds(1)) >= 0
                        && startupTimeout.compareTo(Duration.ofHours(1)) <= 0,
                "startup-timeout",
                "must be 1s to 1h, is " + startupTimeout);
        client = Map.copyOf(client);
    }

    int maxRecordBytes() {
        return Math.toIntExact(maxRecordSize.toBytes());
    }

    private static void require(boolean holds, String name, String message) {
        if (!holds) {
            String field = "cooper.kafka." + name;
            throw CooperException.badInput(field, field + " " + message);
        }
    }
}
