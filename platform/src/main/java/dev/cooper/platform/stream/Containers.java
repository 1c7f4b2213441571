package dev.cooper.platform.stream;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;

/**
 * The listeners whose records are acknowledged by hand, by the name of their topic: they are paused when a queue is
 * full, and tell the queue when a partition goes to another instance.
 */
final class Containers {

    private final Map<String, AbstractMessageListenerContainer<?, ?>> byTopic = new ConcurrentHashMap<>();

    private final Map<String, IntConsumer> losing = new ConcurrentHashMap<>();

    void add(String topic, AbstractMessageListenerContainer<?, ?> container) {
        byTopic.put(topic, container);
    }

    /** Has the topic's queue told of every partition that goes to another instance, before it is there. */
    void onLosing(String topic, IntConsumer partition) {
        losing.put(topic, partition);
    }

    void lose(TopicPartition partition) {
        losing.getOrDefault(partition.topic(), _ -> {}).accept(partition.partition());
    }

    /** Takes no more records from the topic after the current poll; membership is kept. */
    void pause(String topic) {
        AbstractMessageListenerContainer<?, ?> container = byTopic.get(topic);
        if (container != null && !container.isPauseRequested()) {
            container.pause();
        }
    }

    void resume(String topic) {
        AbstractMessageListenerContainer<?, ?> container = byTopic.get(topic);
        if (container != null && container.isPauseRequested()) {
            container.resume();
        }
    }
}
