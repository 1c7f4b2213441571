package dev.cooper.languagemodel.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.config.RopeScaling;
import dev.cooper.languagemodel.torch.Transfers;

/**
 * Inverse frequencies of rotary positions, theta^(-2i / headSize), and their scalings. Every step is rounded to float32
 * as Transformers does it: at a position of some ten thousands the last bit of a frequency is an angle that shows.
 */
final class RotaryFrequencies {
    private RotaryFrequencies() {}

    static float[] of(NDManager scope, ModelConfig config) { // [headSize / 2]
        float[] frequencies = unscaled(scope, config.ropeTheta(), config.headSize());
        switch (config.ropeScaling()) {
            case RopeScaling.None _ -> {}
            case RopeScaling.Linear linear -> {
                for (int i = 0; i < frequencies.length; i++) {
                    frequencies[i] /= (float) linear.factor();
                }
            }
            case RopeScaling.Llama3 llama3 -> {
                for (int i = 0; i < frequencies.length; i++) {
                    frequencies[i] = stretched(frequencies[i], llama3);
                }
            }
        }
        return frequencies;
    }

    /** The power is libtorch's, whose last bit no other library promises. */
    private static float[] unscaled(NDManager scope, double theta, int headSize) {
        float[] exponents = new float[headSize / 2];
        for (int i = 0; i < exponents.length; i++) {
            exponents[i] = (float) (2 * i) / headSize;
        }
        try (NDArray base = scope.create((float) theta);
                NDArray exponent = scope.create(exponents, new Shape(exponents.length));
                NDArray power = base.pow(exponent)) {
            float[] frequencies = Transfers.floats(power);
            for (int i = 0; i < frequencies.length; i++) {
                frequencies[i] = 1 / frequencies[i];
            }
            return frequencies;
        }
    }

    /** The formula of Llama 3.1, in the order of operations of Transformers' {@code _compute_llama3_parameters}. */
    private static float stretched(float frequency, RopeScaling.Llama3 scaling) {
        double original = scaling.originalMaxPositions();
        float factor = (float) scaling.factor();
        float low = (float) scaling.lowFreqFactor();
        float wavelength = 1 / frequency * (float) (2 * Math.PI);
        if (wavelength < (float) (original / scaling.highFreqFactor())) {
            return frequency;
        }
        if (wavelength > (float) (original / scaling.lowFreqFactor())) {
            return frequency / factor;
        }
        float smooth = (1 / wavelength * (float) original - low)
                / (float) (scaling.highFreqFactor() - scaling.lowFreqFactor());
        return (1 - smooth) * frequency / factor + smooth * frequency;
    }
}
