package dev.cooper.platform.security;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.platform.failure.CooperException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class ExposureGuardTest {

    private static final Map<String, String> LOOPBACK =
            Map.of("server.address", "127.0.0.1", "spring.grpc.server.address", "localhost");

    private static void check(Map<String, String> settings) {
        Map<String, Object> all = new HashMap<>(LOOPBACK);
        all.putAll(settings);
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", all));
        SecuritySettings security = new Binder(new MapConfigurationPropertySource(all))
                .bindOrCreate("cooper.security", SecuritySettings.class);
        new ExposureGuard(security, environment);
    }

    @Test
    void openOnLoopback() {
        assertThatCode(() -> check(Map.of())).doesNotThrowAnyException();
    }

    @Test
    void restBeyondLoopbackNeedsTokens() {
        assertThatThrownBy(() -> check(Map.of("server.address", "0.0.0.0")))
                .isInstanceOf(CooperException.class)
                .hasMessageContaining("server.address=0.0.0.0")
                .hasMessageContaining("set cooper.security.tokens-file");
        assertThatThrownBy(() -> check(Map.of("server.address", ""))).hasMessageContaining("server.address=(all)");
        assertThatThrownBy(() -> check(Map.of("server.address", "::", "cooper.security.tokens-file", " ")))
                .hasMessageContaining("open to everybody");
        assertThatCode(() -> check(Map.of("server.address", "0.0.0.0", "cooper.security.tokens-file", "/t")))
                .doesNotThrowAnyException();
        assertThatCode(() -> check(Map.of(
                        "server.address",
                        "::",
                        "cooper.security.jwt.issuer",
                        "https://id.example.org",
                        "cooper.security.jwt.audience",
                        "cooper")))
                .doesNotThrowAnyException();
    }

    @Test
    void grpcBeyondLoopbackNeedsATokenOrCertificates() {
        assertThatThrownBy(() -> check(Map.of("spring.grpc.server.address", "0.0.0.0")))
                .hasMessageContaining("set cooper.security.service-token-file or cooper.security.tls-bundle");
        assertThatCode(() -> check(
                        Map.of("spring.grpc.server.address", "0.0.0.0", "cooper.security.service-token-file", "/t")))
                .doesNotThrowAnyException();
        assertThatCode(() ->
                        check(Map.of("spring.grpc.server.address", "0.0.0.0", "cooper.security.tls-bundle", "cooper")))
                .doesNotThrowAnyException();
        assertThatCode(() ->
                        check(Map.of("spring.grpc.server.address", "0.0.0.0", "spring.grpc.server.enabled", "false")))
                .doesNotThrowAnyException();
    }

    @Test
    void actuatorHasNoPortOfItsOwn() {
        assertThatThrownBy(() -> check(Map.of("management.server.port", "9000")))
                .hasMessageContaining("management.server.port");
    }

    @Test
    void issuedTokensNeedAnAudience() {
        assertThatThrownBy(() -> check(Map.of("cooper.security.jwt.issuer", "https://id.example.org")))
                .rootCause()
                .hasMessageContaining("cooper.security.jwt.audience is missing");
    }
}
