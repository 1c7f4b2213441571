package dev.cooper.perturbation.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.proto.v1.PairingSettings;
import dev.cooper.proto.v1.RewriteStyle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RewritePromptTest {

    @ParameterizedTest
    @EnumSource(names = {"WRONG_THROUGHOUT", "MINIMAL"})
    void aStyleBringsItsInstruction(RewriteStyle style) {
        String prompt =
                RewritePrompt.of(PairingSettings.newBuilder().setStyle(style).build(), "How many?", "Six.\nSo 6.", "6");

        assertThat(prompt)
                .contains("How many?", "Six.\nSo 6.", "something else than 6")
                .doesNotContain("{{");
    }

    @Test
    void aPromptOfTheRunsOwnIsUsedInsteadOfTheStyles() {
        PairingSettings settings = PairingSettings.newBuilder()
                .setPrompt("{{question}}|{{solution}}|{{answer}}|{{question}}|{{other}}")
                .build();

        assertThat(RewritePrompt.of(settings, "q", "s", "a")).isEqualTo("q|s|a|q|{{other}}");
    }

    @Test
    void placeholdersInTextsAreNotReplaced() {
        PairingSettings settings = PairingSettings.newBuilder()
                .setPrompt("{{question}} {{solution}}")
                .build();

        assertThat(RewritePrompt.of(settings, "{{solution}} $1 \\", "{{answer}}", "42"))
                .isEqualTo("{{solution}} $1 \\ {{answer}}");
    }

    @Test
    void neitherPromptNorStyleIsRefused() {
        assertThatThrownBy(() -> RewritePrompt.of(PairingSettings.getDefaultInstance(), "q", "s", "a"))
                .hasMessageContaining("pairing.style");
    }
}
