package dev.cooper.platform.stream;

import java.util.Collection;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;

/** Tells queues of partitions that go to another instance. */
final class LostPartitions implements ConsumerAwareRebalanceListener {

    private final Containers containers;

    LostPartitions(Containers containers) {
        this.containers = containers;
    }

    /** Before the last acknowledgements are committed: what is finished afterwards is the new owner's to finish. */
    @Override
    public void onPartitionsRevokedBeforeCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        partitions.forEach(containers::lose);
    }

    /** The broker took this instance for dead: others may have had the partitions for a while. */
    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        partitions.forEach(containers::lose);
    }
}
