package dev.cooper.platform.security;

import dev.cooper.platform.failure.CooperException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Whom a service trusts. An empty value is as good as none.
 *
 * @param tokensFile static tokens of people and programs, a line each: name, role, token
 * @param jwt tokens that an OAuth2 server issues
 * @param serviceTokenFile the secret that services of this installation show one another over gRPC
 * @param tlsBundle name of the SSL bundle that gRPC uses on both sides, each demanding the other's certificate
 * @param recordKeyFile the key that records on the log are signed with
 * @param limits of requests over HTTP
 */
@ConfigurationProperties(prefix = "cooper.security", ignoreUnknownFields = false)
public record SecuritySettings(
        @Nullable Path tokensFile,
        @DefaultValue Jwt jwt,
        @Nullable Path serviceTokenFile,
        @DefaultValue("") String tlsBundle,
        @Nullable Path recordKeyFile,
        @DefaultValue Limits limits) {

    public static final String TOKENS_FILE = "cooper.security.tokens-file";
    public static final String SERVICE_TOKEN_FILE = "cooper.security.service-token-file";
    public static final String TLS_BUNDLE = "cooper.security.tls-bundle";
    public static final String RECORD_KEY_FILE = "cooper.security.record-key-file";

    public SecuritySettings {
        tokensFile = given(tokensFile);
        serviceTokenFile = given(serviceTokenFile);
        recordKeyFile = given(recordKeyFile);
    }

    private static @Nullable Path given(@Nullable Path file) {
        return file == null || file.toString().isBlank() ? null : file;
    }

    /** Whether REST asks nobody for a token. */
    boolean isRestOpen() {
        return tokensFile == null && !jwt.isOn();
    }

    /** Whether gRPC asks neither for the service token nor for a certificate. */
    boolean isGrpcOpen() {
        return serviceTokenFile == null && tlsBundle.isBlank();
    }

    /** Name of the SSL bundle of gRPC. */
    public Optional<String> bundle() {
        return tlsBundle.isBlank() ? Optional.empty() : Optional.of(tlsBundle);
    }

    /**
     * Tokens of an OAuth2 server; on when it says who issues them or where the keys are.
     *
     * @param issuer address of the server, which tells where its keys are
     * @param jwkSetUri where its keys are, when the issuer does not tell or cannot be reached
     * @param audience that a token must be made for
     * @param rolesClaim the claim that holds roles, as a list or a text with spaces; a dot leads into a claim
     */
    public record Jwt(
            @DefaultValue("") String issuer,
            @DefaultValue("") String jwkSetUri,
            @DefaultValue("") String audience,
            @DefaultValue("roles") String rolesClaim) {

        public Jwt {
            if (!(issuer.isBlank() && jwkSetUri.isBlank()) && audience.isBlank()) {
                throw CooperException.badInput(
                        "cooper.security.jwt.audience",
                        "cooper.security.jwt.audience is missing: name the audience that tokens for Cooper are made"
                                + " for, so that those for other programs do not open it");
            }
        }

        boolean isOn() {
            return !issuer.isBlank() || !jwkSetUri.isBlank();
        }
    }

    /**
     * Limits of requests over HTTP.
     *
     * @param bodySize largest body
     * @param requestsPerMinute of one caller, where REST asks for tokens
     */
    public record Limits(
            @DefaultValue("1MB") DataSize bodySize,
            @DefaultValue("600") int requestsPerMinute) {

        public Limits {
            if (bodySize.toBytes() < 1 || bodySize.toMegabytes() > 1024) {
                throw CooperException.badInput(
                        "cooper.security.limits.body-size",
                        "cooper.security.limits.body-size must be 1B to 1024MB, is " + bodySize);
            }
            if (requestsPerMinute < 1) {
                throw CooperException.badInput(
                        "cooper.security.limits.requests-per-minute",
                        "cooper.security.limits.requests-per-minute must be at least 1, is " + requestsPerMinute);
            }
        }
    }
}
