package dev.cooper.verifier;

import dev.cooper.mathverifier.CheckOptions;
import dev.cooper.mathverifier.PercentRule;
import dev.cooper.mathverifier.Profile;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How answers are found and compared.
 *
 * @param profile the rules that the others change
 * @param percent what {@code 50%} equals
 * @param unmarkedAnswers whether a completion without box, {@code ####} or answer phrase may answer by its last number
 * @param roundToReference whether an answer that rounds to the decimal of the reference is correct
 * @param limits what one request may hold
 */
@ConfigurationProperties(prefix = "cooper.verifier", ignoreUnknownFields = false)
record VerifierSettings(
        @DefaultValue("DEFAULT") Profile profile,
        @DefaultValue("EITHER") PercentRule percent,
        @DefaultValue("true") boolean unmarkedAnswers,
        @DefaultValue("false") boolean roundToReference,
        @DefaultValue Limits limits) {

    CheckOptions options() {
        return profile.options()
                .withPercent(percent)
                .withUnmarkedAnswers(unmarkedAnswers)
                .withRoundToReference(roundToReference);
    }

    /**
     * Limits of a request over gRPC. What comes by Kafka is bounded by the size of a record.
     *
     * @param requestAnswers completions or pairs
     * @param textLength characters of one text
     */
    record Limits(
            @DefaultValue("10000") int requestAnswers,
            @DefaultValue("1000000") int textLength) {
        Limits {
            requirePositive("request-answers", requestAnswers);
            requirePositive("text-length", textLength);
        }

        private static void requirePositive(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException(
                        "cooper.verifier.limits." + name + " must be at least 1, but is " + value);
            }
        }
    }
}
