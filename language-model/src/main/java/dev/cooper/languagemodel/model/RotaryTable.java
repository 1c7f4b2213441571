package dev.cooper.languagemodel.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.torch.Torch;

/**
 * Cosines and sines of the rotary angles of every position: position · theta^(-2i / headSize), each frequency twice.
 */
final class RotaryTable {
    private final NDArray cosines; // [maxPositions, headSize]
    private final NDArray sines; // [maxPositions, headSize]

    RotaryTable(NDManager owner, ModelConfig config) {
        int size = config.headSize();
        int half = size / 2;
        float[] cos = new float[config.maxPositions() * size];
        float[] sin = new float[cos.length];
        for (int i = 0; i < half; i++) {
            float frequency = (float) StrictMath.pow(config.ropeTheta(), -2.0 * i / size);
            for (int position = 0; position < config.maxPositions(); position++) {
                float angle = position * frequency;
                int place = position * size + i;
                cos[place] = (float) StrictMath.cos(angle);
                cos[place + half] = cos[place];
                sin[place] = (float) StrictMath.sin(angle);
                sin[place + half] = sin[place];
            }
        }
        Shape shape = new Shape(config.maxPositions(), size);
        cosines = owner.create(cos, shape);
        sines = owner.create(sin, shape);
    }

    /** Angles of some positions, to be applied to every head. */
    record Angles(NDArray cos, NDArray sin) { // [positions, 1, headSize]
        NDArray rotate(NDArray x) { // [..., heads, headSize]
            return Torch.rotate(x, cos, sin);
        }
    }

    /** Angles of positions [n], owned by their manager. */
    Angles at(NDArray positions) {
        return new Angles(
                Torch.select(cosines, 0, positions).expandDims(1),
                Torch.select(sines, 0, positions).expandDims(1));
    }
}
