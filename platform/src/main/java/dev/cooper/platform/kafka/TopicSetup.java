package dev.cooper.platform.kafka;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.proto.v1.FailureReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the topics of the installation that do not exist yet. Services that start at the same time may all do it. */
public final class TopicSetup {

    private static final Logger LOG = LoggerFactory.getLogger(TopicSetup.class);
    private static final Duration RETRY = Duration.ofMillis(50);
    private static final Duration FOREVER = Duration.ofMillis(-1);

    private final KafkaClients clients;
    private final KafkaSettings settings;
    private final TopicNames names;

    public TopicSetup(KafkaClients clients, KafkaSettings settings, TopicNames names) {
        this.clients = clients;
        this.settings = settings;
        this.names = names;
    }

    /**
     * Makes what is missing. Topics that exist stay as they are; one that takes only smaller records is named in a
     * warning.
     *
     * @throws CooperException TIMEOUT if no broker answers in time, BAD_INPUT if a broker refuses a topic
     */
    public void ensure() {
        try (Admin admin = clients.admin()) {
            Map<String, KafkaFuture<Void>> made = admin.createTopics(wanted()).values();
            for (Map.Entry<String, KafkaFuture<Void>> topic : made.entrySet()) {
                await(topic.getKey(), topic.getValue());
            }
            warnOfSmallTopics(awaitLimits(admin));
        } catch (KafkaException e) {
            throw unreachable(e);
        }
    }

    /**
     * The largest record, in bytes, that each topic takes now: the smaller of what the broker holds for the topic and
     * what our producers send.
     *
     * @throws CooperException TIMEOUT if no broker answers in time
     */
    public Map<Topic, Integer> recordLimits() {
        try (Admin admin = clients.admin()) {
            return awaitLimits(admin);
        } catch (KafkaException e) {
            throw unreachable(e);
        }
    }

    private void await(String name, KafkaFuture<Void> made) {
        try {
            made.get(settings.startupTimeout().toMillis(), TimeUnit.MILLISECONDS);
            LOG.info("made topic {}", name);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case TopicExistsException _ -> LOG.debug("topic {} exists", name);
                case org.apache.kafka.common.errors.TimeoutException timeout -> throw unreachable(timeout);
                case null, default ->
                    throw new CooperException(
                            FailureReason.BAD_INPUT,
                            "topic " + name + " cannot be made: " + e.getMessage()
                                    + "; see cooper.kafka.partitions and cooper.kafka.replication",
                            e);
            }
        } catch (TimeoutException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private List<NewTopic> wanted() {
        List<NewTopic> topics = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            topics.add(newTopic(names.name(topic), partitions(topic), retention(topic), topic == Topic.CONTROL));
            topics.add(newTopic(names.deadLetter(topic), 1, FOREVER, false));
        }
        return topics;
    }

    private NewTopic newTopic(String name, int partitions, Duration retention, boolean compacted) {
        Map<String, String> config = new HashMap<>();
        config.put(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(settings.maxRecordBytes() + KafkaClients.HEADER_ALLOWANCE));
        config.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(Math.max(1, settings.replication() - 1)));
        if (compacted) {
            config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        } else {
            config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
            config.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
        }
        return new NewTopic(name, partitions, (short) settings.replication()).configs(config);
    }

    /** One partition where the order of all records matters. */
    private int partitions(Topic topic) {
        return switch (topic) {
            case CONTROL, MODEL_VERSIONS, STEP_EVENTS, AUDIT -> 1;
            case PROMPTS, ROLLOUTS, VERIFIED, SCORED, PAIRS -> settings.partitions();
        };
    }

    private Duration retention(Topic topic) {
        return switch (topic) {
            case CONTROL, MODEL_VERSIONS, STEP_EVENTS, AUDIT -> FOREVER;
            case PROMPTS, ROLLOUTS, VERIFIED, SCORED, PAIRS -> settings.retention();
        };
    }

    /** Brokers hear of a new topic a moment after it was made. */
    private Map<Topic, Integer> awaitLimits(Admin admin) {
        for (long left = settings.startupTimeout().toMillis(); ; left -= RETRY.toMillis()) {
            try {
                return limits(admin);
            } catch (UnknownTopicOrPartitionException e) {
                if (left <= 0) {
                    throw new CooperException(
                            FailureReason.TIMEOUT, "topics of prefix " + names.prefix() + " do not come up", e);
                }
                pause();
            }
        }
    }

    private Map<Topic, Integer> limits(Admin admin) {
        Map<ConfigResource, Topic> asked = new HashMap<>();
        for (Topic topic : Topic.values()) {
            asked.put(new ConfigResource(ConfigResource.Type.TOPIC, names.name(topic)), topic);
        }
        Map<Topic, Integer> limits = new EnumMap<>(Topic.class);
        configs(admin, asked.keySet()).forEach((resource, config) -> {
            Topic topic = asked.get(resource);
            if (topic != null) {
                String limit = config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value();
                limits.put(topic, Math.min(settings.maxRecordBytes(), Integer.parseInt(limit)));
            }
        });
        return limits;
    }

    private Map<ConfigResource, Config> configs(Admin admin, Set<ConfigResource> topics) {
        try {
            return admin.describeConfigs(topics)
                    .all()
                    .get(settings.startupTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException unknown) {
                throw unknown;
            }
            throw unreachable(e);
        } catch (TimeoutException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static CooperException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new CooperException(FailureReason.CANCELLED, "interrupted while setting up topics", cause);
    }

    private void warnOfSmallTopics(Map<Topic, Integer> limits) {
        limits.forEach((topic, limit) -> {
            if (limit < settings.maxRecordBytes()) {
                LOG.warn(
                        "topic {} takes records of {} bytes at most, cooper.kafka.max-record-size is {}: raise the topic's {}",
                        names.name(topic),
                        limit,
                        settings.maxRecordBytes(),
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
            }
        });
    }

    private CooperException unreachable(Exception cause) {
        return new CooperException(
                FailureReason.TIMEOUT,
                "no Kafka broker answers at " + settings.bootstrapServers()
                        + ": start it, or set cooper.kafka.bootstrap-servers",
                cause);
    }
}
