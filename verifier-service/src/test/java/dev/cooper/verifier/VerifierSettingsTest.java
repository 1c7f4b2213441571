package dev.cooper.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.mathverifier.CheckOptions;
import dev.cooper.mathverifier.PercentRule;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class VerifierSettingsTest {

    @Test
    void withoutSettingsTheCheckersDefaultsHold() {
        assertThat(bind(Map.of()).options()).isEqualTo(CheckOptions.defaults());
    }

    @Test
    void everySettingReachesTheChecker() {
        VerifierSettings settings = bind(Map.of(
                "cooper.verifier.profile", "math-verify",
                "cooper.verifier.percent", "fraction",
                "cooper.verifier.unmarked-answers", "false",
                "cooper.verifier.round-to-reference", "true",
                "cooper.verifier.limits.request-answers", "7",
                "cooper.verifier.limits.text-length", "9"));

        assertThat(settings.options())
                .isEqualTo(CheckOptions.mathVerify()
                        .withPercent(PercentRule.FRACTION)
                        .withUnmarkedAnswers(false)
                        .withRoundToReference(true));
        assertThat(settings.limits()).isEqualTo(new VerifierSettings.Limits(7, 9));
    }

    @Test
    void limitsMustBePositive() {
        assertThatThrownBy(() -> bind(Map.of("cooper.verifier.limits.text-length", "0")))
                .hasStackTraceContaining("cooper.verifier.limits.text-length must be at least 1, but is 0");
    }

    @Test
    void aPercentRuleThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> bind(Map.of("cooper.verifier.percent", "sometimes")))
                .hasMessageContaining("cooper.verifier.percent");
    }

    private static VerifierSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("cooper.verifier", VerifierSettings.class);
    }
}
