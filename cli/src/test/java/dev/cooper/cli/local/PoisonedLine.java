package dev.cooper.cli.local;

import com.google.protobuf.MessageLite;
import dev.cooper.platform.kafka.KafkaRecords;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.proto.v1.ModelVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Follows the prompts of an installation and writes poison to every topic as soon as a step is dispatched: before the
 * sampler can have answered. Each record tells in a header what kind of poison it is.
 */
final class PoisonedLine implements AutoCloseable {
    static final Comparator<GroupHeaders> ORDER = Comparator.comparing(GroupHeaders::runId)
            .thenComparingLong(GroupHeaders::step)
            .thenComparing(GroupHeaders::purpose)
            .thenComparingInt(GroupHeaders::slot)
            .thenComparingInt(GroupHeaders::attempt);

    private static final String KIND = "poison";
    private static final byte[] GARBAGE = {-1, 0, 17, 42, -128};
    /** A whole message of another topic. */
    private static final byte[] WRONG_KIND = message("nobody").toByteArray();

    private final Producer<byte[], byte[]> producer;
    private final Consumer<byte[], byte[]> consumer;
    private final TopicNames topics;
    private final Map<Topic, Integer> slots;
    private final Set<GroupHeaders> poisoned;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();
    private final Thread thread = Thread.ofPlatform().name("poison").unstarted(this::follow);
    private volatile boolean closed;
    private volatile @Nullable RuntimeException failure;

    private PoisonedLine(String broker, TopicNames topics, Map<Topic, Integer> slots, Set<GroupHeaders> poisoned) {
        this.topics = topics;
        this.slots = slots;
        this.poisoned = poisoned;
        this.producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker, ProducerConfig.MAX_BLOCK_MS_CONFIG, 5000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.consumer = reader(broker, topics.name(Topic.PROMPTS));
    }

    /**
     * Begins to follow.
     *
     * @param slots whose headers the poison has on these topics
     * @param poisoned gets the groups that poison was written for
     */
    static PoisonedLine start(String broker, TopicNames topics, Map<Topic, Integer> slots, Set<GroupHeaders> poisoned) {
        PoisonedLine line = new PoisonedLine(broker, topics, slots, poisoned);
        line.thread.start();
        return line;
    }

    /** A record as a test looks at it, in the order of its partition. */
    record Seen(int partition, Map<String, String> headers) {}

    /** All records of the topic; those of a partition are in order. */
    static List<Seen> readAll(String broker, String topic) {
        List<Seen> all = new ArrayList<>();
        forAll(broker, topic, record -> all.add(new Seen(record.partition(), KafkaRecords.headers(record.headers()))));
        return all;
    }

    /** As {@link #readAll}, with what the records hold. */
    static void forAll(
            String broker, String topic, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        try (Consumer<byte[], byte[]> consumer = reader(broker, topic)) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(reader);
            }
        }
    }

    static boolean isPoison(Map<String, String> headers) {
        return headers.containsKey(KIND);
    }

    static String kind(Map<String, String> headers) {
        return headers.getOrDefault(KIND, "");
    }

    private void follow() {
        try {
            while (!closed) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(20))) {
                    Map<String, String> headers = KafkaRecords.headers(record.headers());
                    if (!isPoison(headers)) {
                        poison(GroupHeaders.parse(headers));
                    }
                }
            }
            for (Future<RecordMetadata> taken : sent) {
                taken.get();
            }
        } catch (RuntimeException | ExecutionException | InterruptedException e) {
            failure = new IllegalStateException("the line could not be poisoned", e);
        } finally {
            consumer.close();
            producer.close();
        }
    }

    private void poison(GroupHeaders group) {
        for (Map.Entry<Topic, Integer> target : slots.entrySet()) {
            if (target.getValue() == group.slot()) {
                all(target.getKey(), group.key(), group.toMap());
                poisoned.add(group);
            }
        }
        if (group.slot() == 0) {
            // Compacted: it takes no record without a key, and a null deletes what the key names.
            all(Topic.CONTROL, "no-such-run", group.toMap());
            // A control that parses, of the running run, under a key that is not the run's.
            send(
                    Topic.CONTROL,
                    "no-such-run",
                    "wrong-kind",
                    group.toMap(),
                    message(group.runId()).toByteArray());
            for (Topic topic : List.of(Topic.PAIRS, Topic.MODEL_VERSIONS, Topic.STEP_EVENTS)) {
                all(topic, group.key(), group.toMap());
            }
        }
    }

    private void all(Topic topic, String key, Map<String, String> headers) {
        send(topic, key, "garbage", headers, GARBAGE);
        send(topic, key, "empty", headers, new byte[0]);
        send(topic, key, "null", headers, null);
        send(topic, key, "wrong-kind", headers, WRONG_KIND);
        send(topic, key, "bare-garbage", Map.of(), GARBAGE);
    }

    private void send(Topic topic, String key, String kind, Map<String, String> headers, byte @Nullable [] value) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topics.name(topic), key.getBytes(StandardCharsets.UTF_8), value);
        Map<String, String> all = new HashMap<>(headers);
        all.put(KIND, kind);
        all.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        sent.add(producer.send(record));
    }

    private static MessageLite message(String run) {
        return ModelVersion.newBuilder()
                .setRunId(run)
                .setLocation("nowhere")
                .setFence(99)
                .build();
    }

    private static Consumer<byte[], byte[]> reader(String broker, String topic) {
        Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    /** What went wrong while poisoning, if anything did. */
    void rethrow() {
        RuntimeException caught = failure;
        if (caught != null) {
            throw caught;
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
