package dev.cooper.platform.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes Kafka clients with the settings that the line needs. Keys and values are bytes. */
public final class KafkaClients {

    /** What headers add to a record; a dead letter has more of them than the record it was. */
    static final int HEADER_ALLOWANCE = 64 * 1024;

    private static final Duration LONGEST_CALL = Duration.ofSeconds(15);
    private static final int SESSION_TIMEOUT_MS = 10_000;
    private static final int HEARTBEAT_MS = 3_000;

    private final KafkaSettings settings;
    private final String instance;

    /**
     * Clients of one instance of a service.
     *
     * @param instance name of the instance, unique among those of its service
     */
    public KafkaClients(KafkaSettings settings, String instance) {
        this.settings = settings;
        this.instance = instance;
    }

    public Admin admin() {
        Map<String, Object> config = common("admin");
        config.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, Math.min(10_000, callTimeout()));
        // Its calls are made at the start, when the broker may be starting, too.
        config.put(
                CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG,
                Math.toIntExact(settings.startupTimeout().toMillis()));
        return Admin.create(config);
    }

    /** An idempotent producer whose records are on all replicas when their send completes. */
    public KafkaProducer<byte[], byte[]> producer(String name) {
        Map<String, Object> config = common(name);
        int sendTimeout = Math.toIntExact(settings.sendTimeout().toMillis());
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, sendTimeout);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(10_000, sendTimeout));
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, sendTimeout);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, settings.maxRecordBytes() + HEADER_ALLOWANCE);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Math.max(33_554_432L, 3L * settings.maxRecordBytes()));
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A consumer without a group, which assigns and seeks for itself and commits nothing. */
    public KafkaConsumer<byte[], byte[]> reader(String name) {
        Map<String, Object> config = common(name);
        config.putAll(fetching());
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, callTimeout());
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Settings of a consumer that shares its topic with the other members of a group: rebalancing is cooperative, and
     * membership is static, so that a restarted instance gets its partitions back at once.
     */
    public Map<String, Object> groupMember() {
        Map<String, Object> config = new HashMap<>(fetching());
        config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instance);
        config.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MS);
        config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MS);
        config.putAll(settings.client());
        return config;
    }

    /** How long a service waits for broker, topics and control when it starts. */
    Duration startupTimeout() {
        return settings.startupTimeout();
    }

    private int callTimeout() {
        return Math.toIntExact(
                Math.min(LONGEST_CALL.toMillis(), settings.startupTimeout().toMillis()));
    }

    String bootstrapServers() {
        return settings.bootstrapServers();
    }

    private Map<String, Object> fetching() {
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, settings.maxRecordBytes() + HEADER_ALLOWANCE);
        return config;
    }

    private Map<String, Object> common(String name) {
        Map<String, Object> config = new HashMap<>();
        config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        config.put(CommonClientConfigs.CLIENT_ID_CONFIG, instance + "." + name);
        // A broker that restarts is found again within a second.
        config.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        config.putAll(settings.client());
        return config;
    }
}
