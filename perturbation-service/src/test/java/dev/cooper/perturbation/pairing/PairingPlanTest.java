package dev.cooper.perturbation.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.perturbation.TestingScored;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.LengthRatio;
import dev.cooper.proto.v1.NegativeSource;
import dev.cooper.proto.v1.PairingSettings;
import dev.cooper.proto.v1.SourceShare;
import java.util.List;
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
        refused(settings().setLengthRatio(length(-0.5, 2)), "pairing.length_ratio");
        refused(settings().setLengthRatio(length(2, 1)), "pairing.length_ratio");
        refused(settings().setLengthRatio(length(0, Double.NaN)), "pairing.length_ratio");
        refused(settings().setDigitCopies(1.5), "pairing.digit_copies");
        refused(settings().setDigitCopies(Double.NaN), "pairing.digit_copies");
    }

    @Test
    void settingsThatAskForNoLikenessAllowEverything() {
        PairingPlan plan = PairingPlan.of(settings().build());

        assertThat(plan.allowsLength(0)).isTrue();
        assertThat(plan.allowsLength(1e9)).isTrue();
        assertThat(plan.digitCopies()).isEqualTo(1);
        PairingPlan bounded =
                PairingPlan.of(settings().setLengthRatio(length(0.5, 2)).build());
        assertThat(List.of(0.49, 0.5, 2.0, 2.01).stream().map(bounded::allowsLength))
                .containsExactly(false, true, true, false);
    }

    private static LengthRatio length(double least, double most) {
        return LengthRatio.newBuilder().setLeast(least).setMost(most).build();
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
