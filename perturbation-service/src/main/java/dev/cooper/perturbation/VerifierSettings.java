package dev.cooper.perturbation;

import dev.cooper.modelruntime.endpoint.Backoff;
import dev.cooper.platform.failure.CooperException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the verifier is asked about rewrites.
 *
 * @param address host and gRPC port of the verifier service
 * @param deadline of one call
 * @param maxRetries while the verifier is away: about 40 seconds with the default pauses, in which a service starts
 *     anew
 * @param backoff pause before the first retry; doubles
 * @param longestBackoff no pause is longer
 */
@ConfigurationProperties(prefix = "cooper.verifier", ignoreUnknownFields = false)
record VerifierSettings(
        @DefaultValue("127.0.0.1:9102") String address,
        @DefaultValue("10s") Duration deadline,
        @DefaultValue("12") int maxRetries,
        @DefaultValue("200ms") Duration backoff,
        @DefaultValue("5s") Duration longestBackoff) {

    static final String ADDRESS = "cooper.verifier.address";

    VerifierSettings {
        if (deadline.isNegative() || deadline.isZero()) {
            throw CooperException.badInput(
                    "cooper.verifier.deadline", "cooper.verifier.deadline must be above 0, is " + deadline);
        }
        BackoffSettings.checked("cooper.verifier", maxRetries, backoff, longestBackoff);
    }

    Backoff pauses() {
        return BackoffSettings.checked("cooper.verifier", maxRetries, backoff, longestBackoff);
    }
}
