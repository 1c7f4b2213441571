package dev.cooper.verifier;

import dev.cooper.mathverifier.CheckOptions;
import dev.cooper.mathverifier.PercentRule;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How answers are found and compared.
 *
 * @param percent what {@code 50%} equals
 * @param unmarkedAnswers whether a completion without box, {@code ####} or answer phrase may answer by its last number
 * @param roundToReference whether an answer that rounds to the decimal of the reference is correct
 */
@ConfigurationProperties(prefix = "cooper.verifier", ignoreUnknownFields = false)
record VerifierSettings(
        @DefaultValue("EITHER") PercentRule percent,
        @DefaultValue("true") boolean unmarkedAnswers,
        @DefaultValue("false") boolean roundToReference) {

    CheckOptions options() {
        return CheckOptions.defaults()
                .withPercent(percent)
                .withUnmarkedAnswers(unmarkedAnswers)
                .withRoundToReference(roundToReference);
    }
}
