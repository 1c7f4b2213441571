package dev.cooper.languagemodel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.config.Architecture;
import dev.cooper.languagemodel.config.Biases;
import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.config.RopeScaling;
import dev.cooper.languagemodel.torch.TorchEngine;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class RotaryTableTest {
    /** Sizes and scaling of Llama-3.2-1B. */
    private static final ModelConfig LLAMA = new ModelConfig(
                    32, 128, 64, 1, 2, 1, 64, 131072, 1e-5, 500_000, true, 0.02)
            .as(Architecture.LLAMA, Biases.NONE, new RopeScaling.Llama3(32, 1, 4, 8192));

    @Test
    void frequenciesFallFromOneByThePowersOfTheBase() {
        float[] frequencies = frequencies(LLAMA.as(Architecture.LLAMA, Biases.NONE, RopeScaling.NONE));
        assertThat(frequencies).hasSize(32).startsWith(1);
        for (int i = 0; i < frequencies.length; i++) {
            assertThat((double) frequencies[i])
                    .isCloseTo(Math.pow(500_000, -i / 32.0), Percentage.withPercentage(2e-5));
        }
    }

    @Test
    void linearScalingDividesAllFrequencies() {
        float[] plain = frequencies(LLAMA.as(Architecture.LLAMA, Biases.NONE, RopeScaling.NONE));
        float[] scaled = frequencies(LLAMA.as(Architecture.LLAMA, Biases.NONE, new RopeScaling.Linear(3)));
        for (int i = 0; i < plain.length; i++) {
            assertThat(scaled[i]).isEqualTo(plain[i] / 3);
        }
    }

    /**
     * With wavelength λ and 8192 positions at first: λ < 2048 stays, λ > 8192 is divided by 32, between is a mixture.
     */
    @Test
    void llama3KeepsShortWavesStretchesLongOnesAndMixesBetween() {
        float[] plain = frequencies(LLAMA.as(Architecture.LLAMA, Biases.NONE, RopeScaling.NONE));
        float[] scaled = frequencies(LLAMA);
        int kept = 0;
        int mixed = 0;
        for (int i = 0; i < plain.length; i++) {
            double wavelength = 2 * Math.PI / plain[i];
            if (wavelength < 2048) {
                assertThat(scaled[i]).isEqualTo(plain[i]);
                kept++;
            } else if (wavelength > 8192) {
                assertThat(scaled[i]).isEqualTo(plain[i] / 32);
            } else {
                double share = (8192 / wavelength - 1) / 3;
                assertThat((double) scaled[i])
                        .isCloseTo((1 - share) * plain[i] / 32 + share * plain[i], Percentage.withPercentage(1e-4));
                mixed++;
            }
        }
        assertThat(kept).isEqualTo(15);
        assertThat(mixed).isEqualTo(3);
    }

    @Test
    void anglesOfAPositionAreItsProductsWithTheFrequenciesTwice() {
        float[] frequencies = frequencies(LLAMA);
        try (NDManager scope = TorchEngine.newManager()) {
            RotaryTable table = new RotaryTable(scope, LLAMA);
            RotaryTable.Angles angles = table.at(scope.create(new long[] {0, 7, 131071}));
            assertThat(angles.cos().getShape().getShape()).containsExactly(3, 1, 64);
            float[] cosines = angles.cos().toFloatArray();
            float[] sines = angles.sin().toFloatArray();
            for (int i = 0; i < 32; i++) {
                assertThat(cosines[i]).isEqualTo(1);
                for (int row = 1; row < 3; row++) {
                    float angle = (row == 1 ? 7 : 131071) * frequencies[i];
                    assertThat((double) cosines[64 * row + i]).isCloseTo(Math.cos(angle), within(1e-6));
                    assertThat((double) sines[64 * row + i]).isCloseTo(Math.sin(angle), within(1e-6));
                    assertThat(cosines[64 * row + i + 32]).isEqualTo(cosines[64 * row + i]);
                    assertThat(sines[64 * row + i + 32]).isEqualTo(sines[64 * row + i]);
                }
            }
        }
    }

    private static float[] frequencies(ModelConfig config) {
        try (NDManager scope = TorchEngine.newManager()) {
            return RotaryFrequencies.of(scope, config);
        }
    }
}
