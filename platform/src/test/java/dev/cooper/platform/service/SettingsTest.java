package dev.cooper.platform.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.platform.failure.BadInputException;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.kafka.KafkaSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.unit.DataSize;

class SettingsTest {

    @Test
    void theDefaultsAreThese() {
        assertThat(bind("cooper", CooperSettings.class, Map.of()))
                .isEqualTo(new CooperSettings("cooper", Path.of("storage"), "local", Set.of()));
        assertThat(bind("cooper.kafka", KafkaSettings.class, Map.of()))
                .isEqualTo(new KafkaSettings(
                        "127.0.0.1:9092",
                        4,
                        1,
                        Duration.ofDays(7),
                        DataSize.ofMegabytes(16),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(60),
                        Map.of()));
    }

    @Test
    void theNamesAreThese() {
        assertThat(bind(
                        "cooper",
                        CooperSettings.class,
                        Map.of(
                                "cooper.topic-prefix", "lab",
                                "cooper.storage-root", "/data",
                                "cooper.instance", "a-0",
                                "cooper.roles", "sampler,trainer")))
                .isEqualTo(new CooperSettings("lab", Path.of("/data"), "a-0", Set.of("sampler", "trainer")));
        assertThat(bind(
                        "cooper.kafka",
                        KafkaSettings.class,
                        Map.of(
                                "cooper.kafka.bootstrap-servers", "k:9093",
                                "cooper.kafka.partitions", "12",
                                "cooper.kafka.replication", "3",
                                "cooper.kafka.retention", "2d",
                                "cooper.kafka.max-record-size", "4MB",
                                "cooper.kafka.send-timeout", "10s",
                                "cooper.kafka.startup-timeout", "5s",
                                "cooper.kafka.client.security.protocol", "SASL_SSL")))
                .isEqualTo(new KafkaSettings(
                        "k:9093",
                        12,
                        3,
                        Duration.ofDays(2),
                        DataSize.ofMegabytes(4),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(5),
                        Map.of("security.protocol", "SASL_SSL")));
    }

    @ParameterizedTest
    @CsvSource({
        "cooper.kafka.partitions, 0",
        "cooper.kafka.replication, 0",
        "cooper.kafka.retention, 1s",
        "cooper.kafka.max-record-size, 1GB",
        "cooper.kafka.send-timeout, 1h",
        "cooper.kafka.bootstrap-servers, ' '",
    })
    void aSettingOutOfRangeIsNamed(String name, String value) {
        assertThatThrownBy(() -> bind("cooper.kafka", KafkaSettings.class, Map.of(name, value)))
                .isInstanceOf(BindException.class)
                .rootCause()
                .hasMessageContaining(name);
    }

    @Test
    void rolesSelectAndNoRolesMeanAll() {
        assertThat(new CooperSettings("p", Path.of("s"), "i", Set.of("sampler")).hasRole("trainer"))
                .isFalse();
        assertThat(new CooperSettings("p", Path.of("s"), "i", Set.of("sampler")).hasRole("sampler"))
                .isTrue();
        assertThat(new CooperSettings("p", Path.of("s"), "i", Set.of()).hasRole("trainer"))
                .isTrue();
    }

    @Test
    void aMisspeltSettingIsRefusedAndNamed() {
        guarded("cooper.topic-prefx=lab", "cooper.kafka.partitions=2", "cooper.other.thing=1")
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOfSatisfying(
                                BadInputException.class,
                                bad -> assertThat(bad.problems())
                                        .extracting(BadInputException.FieldProblem::field)
                                        .containsExactly("cooper.other.thing", "cooper.topic-prefx")));
        guarded("cooper.kafka.partition=2")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("cooper.kafka.partition"));
    }

    @Test
    void whyAServiceDoesNotStartIsSaidInASentence() {
        var failure = new IllegalStateException("wrapped", CooperException.badInput("cooper.x", "cooper.x is wrong"));

        assertThat(new StartFailures().analyze(failure))
                .extracting(analysis -> analysis.getDescription())
                .isEqualTo("cooper.x is wrong");
    }

    @Test
    void everyKnownSettingIsAccepted() {
        guarded("cooper.roles[0]=sampler", "cooper.kafka.client.security.protocol=SSL", "COOPER_X=1")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void whatTheProgramGivesOverridesTheCommonDefaults() {
        try (var context = new SpringApplicationBuilder(Nothing.class)
                .web(WebApplicationType.NONE)
                .properties(Map.of("server.shutdown", "immediate"))
                .run("--server.address=0.0.0.0")) {
            ConfigurableEnvironment environment = context.getEnvironment();
            assertThat(environment.getProperty("management.metrics.use-global-registry"))
                    .isEqualTo("false");
            assertThat(environment.getProperty("spring.grpc.server.address")).isEqualTo("127.0.0.1");
            assertThat(environment.getProperty("server.shutdown")).isEqualTo("immediate");
            assertThat(environment.getProperty("server.address")).isEqualTo("0.0.0.0");
        }
    }

    private static <T> T bind(String prefix, Class<T> type, Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate(prefix, type);
    }

    private static ApplicationContextRunner guarded(String... properties) {
        return new ApplicationContextRunner()
                .withUserConfiguration(Guarded.class)
                .withPropertyValues(properties);
    }

    @Configuration(proxyBeanMethods = false)
    static class Nothing {}

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({CooperSettings.class, KafkaSettings.class})
    static class Guarded {
        @Bean
        static SettingsGuard settingsGuard(ConfigurableEnvironment environment) {
            return new SettingsGuard(environment);
        }
    }
}
