package dev.cooper.platform.service;

import dev.cooper.platform.control.ControlBoard;
import dev.cooper.platform.health.HealthConfiguration;
import dev.cooper.platform.kafka.ControlReader;
import dev.cooper.platform.kafka.KafkaClients;
import dev.cooper.platform.kafka.KafkaRecordSink;
import dev.cooper.platform.kafka.KafkaRecords;
import dev.cooper.platform.kafka.KafkaSettings;
import dev.cooper.platform.kafka.TopicSetup;
import dev.cooper.platform.line.RecordSeal;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.platform.rpc.Channels;
import dev.cooper.platform.rpc.FailureHandler;
import dev.cooper.platform.security.SecurityConfiguration;
import dev.cooper.platform.security.SecuritySettings;
import dev.cooper.platform.security.ServiceToken;
import dev.cooper.platform.stream.LineMetrics;
import dev.cooper.platform.stream.StreamConfiguration;
import dev.cooper.platform.tracing.Tracing;
import dev.cooper.platform.tracing.TracingConfiguration;
import dev.cooper.platform.web.ProblemAnswers;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.TlsChannelCredentials;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.CustomEditorConfigurer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.grpc.server.lifecycle.GrpcServerStartedEvent;

/** What all services share. */
@AutoConfiguration(
        beforeName = "org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration")
@EnableConfigurationProperties({CooperSettings.class, KafkaSettings.class})
@Import({
    StreamConfiguration.class,
    SecurityConfiguration.class,
    ProblemAnswers.class,
    TracingConfiguration.class,
    HealthConfiguration.class
})
public final class PlatformAutoConfiguration {

    /** Static, since it works before other beans are made. */
    @Bean
    static SettingsGuard settingsGuard(ConfigurableEnvironment environment) {
        return new SettingsGuard(environment);
    }

    /** Static, since settings are bound before other beans are made. */
    @Bean
    static CustomEditorConfigurer pathsAreOfThisMachine() {
        CustomEditorConfigurer editors = new CustomEditorConfigurer();
        editors.setCustomEditors(Map.of(Path.class, PathText.class));
        return editors;
    }

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    TopicNames topicNames(CooperSettings settings) {
        return settings.topicNames();
    }

    @Bean
    KafkaClients kafkaClients(
            KafkaSettings kafka, CooperSettings settings, @Value("${spring.application.name}") String service) {
        return new KafkaClients(kafka, service + "-" + settings.instance());
    }

    @Bean
    KafkaRecords kafkaRecords(TopicNames names, RecordSeal seal) {
        return new KafkaRecords(names, seal);
    }

    @Bean
    TopicSetup topicSetup(KafkaClients clients, KafkaSettings settings, TopicNames names) {
        return new TopicSetup(clients, settings, names);
    }

    @Bean
    KafkaRecordSink recordSink(KafkaClients clients, KafkaRecords records, MeterRegistry registry, Tracing tracing) {
        KafkaProducer<byte[], byte[]> producer = clients.producer("line");
        new KafkaClientMetrics(producer).bindTo(registry);
        return new KafkaRecordSink(producer, records, tracing::stamp);
    }

    @Bean
    ControlBoard controlBoard() {
        return new ControlBoard();
    }

    @Bean
    ControlReader controlReader(KafkaClients clients, KafkaRecords records, ControlBoard board, LineMetrics metrics) {
        return new ControlReader(clients, records, board, reason -> metrics.deadLetter(Topic.CONTROL, reason));
    }

    @Bean
    LineStartup lineStartup(TopicSetup topics, ControlReader control) {
        return new LineStartup(topics, control);
    }

    @Bean("control")
    ControlHealth controlHealth(ControlReader reader, ControlBoard board) {
        return new ControlHealth(reader, board);
    }

    /** With a certificate of our own where one is asked for, and always with the services' token. */
    @Bean
    Channels channels(SecuritySettings security, SslBundles bundles, ServiceToken token) {
        ChannelCredentials credentials = security.bundle()
                .map(name -> bundles.getBundle(name).getManagers())
                .map(managers -> TlsChannelCredentials.newBuilder()
                        .keyManager(managers.getKeyManagers())
                        .trustManager(managers.getTrustManagers())
                        .build())
                .orElseGet(InsecureChannelCredentials::create);
        return new Channels(credentials, token);
    }

    @Bean
    FailureHandler failureHandler() {
        return new FailureHandler();
    }

    /** The port that a gRPC server asked for with 0 really got, as the web server tells it. */
    @Bean
    static ApplicationListener<GrpcServerStartedEvent> localGrpcPort(ConfigurableEnvironment environment) {
        return started -> environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "grpc.server.ports", Map.of("local.grpc.server.port", started.getPort())));
    }

    @Bean
    MeterFilter commonTags(CooperSettings settings, @Value("${spring.application.name}") String service) {
        return MeterFilter.commonTags(List.of(Tag.of("service", service), Tag.of("instance", settings.instance())));
    }
}
