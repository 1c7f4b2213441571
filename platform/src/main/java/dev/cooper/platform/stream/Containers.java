package dev.cooper.platform.stream;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;

/**
 * The listeners whose records are acknowledged by hand, by the name of their topic: they are paused when a queue is
 * full.
 */
final class Containers {

    private final Map<String, AbstractMessageListenerContainer<?, ?>> byTopic = new ConcurrentHashMap<>();

    void add(String topic, AbstractMessageListenerContainer<?, ?> container) {
        byTopic.put(topic, container);
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
