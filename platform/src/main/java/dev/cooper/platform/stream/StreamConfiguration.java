package dev.cooper.platform.stream;

import dev.cooper.platform.control.ControlBoard;
import dev.cooper.platform.health.Workers;
import dev.cooper.platform.kafka.ControlReader;
import dev.cooper.platform.kafka.KafkaClients;
import dev.cooper.platform.kafka.KafkaRecords;
import dev.cooper.platform.line.RecordSink;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.platform.tracing.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.springframework.cloud.stream.binder.kafka.KafkaListenerContainerCustomizer;
import org.springframework.cloud.stream.binder.kafka.config.ClientFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/** Sets up the bindings of Spring Cloud Stream for the line. */
@Configuration(proxyBeanMethods = false)
public class StreamConfiguration {

    private static final long FIRST_RETRY_MS = 200;
    private static final long LONGEST_RETRY_MS = 10_000;
    private static final long POLL_TIMEOUT_MS = 500;
    private static final double RETRY_GROWTH = 2;

    @Bean
    LogRecordConverter logRecordConverter(KafkaRecords records) {
        return new LogRecordConverter(records);
    }

    @Bean
    ClientFactoryCustomizer lineConsumers(KafkaClients clients) {
        return new ClientFactoryCustomizer() {
            @Override
            public void configure(ConsumerFactory<?, ?> consumers) {
                consumers.updateConfigs(clients.groupMember());
            }
        };
    }

    @Bean
    Containers manualContainers() {
        return new Containers();
    }

    @Bean
    LineMetrics lineMetrics(MeterRegistry registry) {
        return new LineMetrics(registry);
    }

    @Bean
    Line line(
            ControlBoard board,
            ControlReader control,
            RecordSink sink,
            LineMetrics metrics,
            Tracing tracing,
            Workers workers,
            TopicNames names,
            Containers manualContainers) {
        return new Line(board, control, sink, new Telling(metrics, tracing, workers), names, manualContainers);
    }

    @Bean
    KafkaListenerContainerCustomizer lineContainers(Containers manualContainers) {
        return (container, topic, _) -> {
            container.setCommonErrorHandler(retryForEver());
            // How long acknowledgements from other threads wait to be committed, and a full queue to be looked at.
            container.getContainerProperties().setPollTimeout(POLL_TIMEOUT_MS);
            if (container.getContainerProperties().getAckMode() == AckMode.MANUAL) {
                container.getContainerProperties().setConsumerRebalanceListener(new LostPartitions(manualContainers));
                manualContainers.add(topic, container);
            }
        };
    }

    /**
     * What a stage throws is never the record's fault: the log or control cannot be reached. Passing it over would lose
     * a group.
     */
    private static DefaultErrorHandler retryForEver() {
        ExponentialBackOff backOff = new ExponentialBackOff(FIRST_RETRY_MS, RETRY_GROWTH);
        backOff.setMaxInterval(LONGEST_RETRY_MS);
        backOff.setJitter(FIRST_RETRY_MS / 2);
        DefaultErrorHandler handler = new DefaultErrorHandler(backOff);
        handler.setClassifications(Map.of(), true);
        return handler;
    }
}
