package dev.cooper.perturbation.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.perturbation.TestingScored;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.NegativeSource;
import dev.cooper.proto.v1.PairingSettings;
import dev.cooper.proto.v1.SourceShare;
import org.junit.jupiter.api.Test;

class PairingPlanTest {

    @Test
    void sharesAreInTheSameOrderHoweverTheyWereWritten() {
        PairingSettings written = TestingScored.pairing(NegativeSource.EDIT)
                .addSources(share(NegativeSource.ASSISTANT, 2))
                .addSources(share(NegativeSource.SELF, 3))
                .build();

        assertThat(PairingPlan.of(written).shares())
                .extracting(SourceShare::getSource)
                .containsExactly(NegativeSource.ASSISTANT, NegativeSource.SELF, NegativeSource.EDIT);
    }

    @Test
    void settingsThatDoNotHoldAreNamed() {
        refused(settings().clearSources(), "pairing.sources");
        refused(settings().addSources(share(NegativeSource.SELF, 0)), "pairing.sources");
        refused(settings().addSources(share(NegativeSource.SELF, Double.NaN)), "pairing.sources");
        refused(settings().addSources(share(NegativeSource.NEGATIVE_SOURCE_UNSPECIFIED, 1)), "pairing.sources");
        refused(settings().setAttempts(0), "pairing.attempts");
        refused(settings().setTemperature(-1), "pairing.temperature");
        refused(settings().setExtraTokens(-1), "pairing.extra_tokens");
    }

    private static void refused(PairingSettings.Builder settings, String field) {
        assertThatThrownBy(() -> PairingPlan.of(settings.build()))
                .isInstanceOfSatisfying(CooperException.class, failure -> {
                    assertThat(failure.reason()).isEqualTo(FailureReason.BAD_INPUT);
                    assertThat(failure.field()).contains(field);
                    assertThat(failure).hasMessageContaining(field);
                });
    }

    private static PairingSettings.Builder settings() {
        return TestingScored.pairing(NegativeSource.ASSISTANT);
    }

    private static SourceShare share(NegativeSource source, double share) {
        return SourceShare.newBuilder().setSource(source).setShare(share).build();
    }
}
