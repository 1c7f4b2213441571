package dev.cooper.languagemodel.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.torch.FusedLayer;
import dev.cooper.languagemodel.torch.GradientMode;
import dev.cooper.languagemodel.torch.Torch;
import dev.cooper.languagemodel.torch.Transfers;

/** Cosines and sines of the rotary angles of every position: position · inverse frequency, each frequency twice. */
final class RotaryTable {
    private final NDArray cosines; // [maxPositions, headSize]
    private final NDArray sines; // [maxPositions, headSize]

    RotaryTable(NDManager owner, ModelConfig config) {
        try (GradientMode _ = GradientMode.off();
                NDManager scope = owner.newSubManager(Device.cpu())) {
            NDArray frequencies = scope.create(RotaryFrequencies.of(scope, config)); // [headSize / 2]
            NDArray positions = scope.arange(0, config.maxPositions(), 1, DataType.FLOAT32);
            NDArray angles =
                    positions.reshape(-1, 1).mul(frequencies); // [maxPositions, headSize / 2], float32 products
            cosines = twice(owner, angles.cos());
            sines = twice(owner, angles.sin());
        }
    }

    private static NDArray twice(NDManager owner, NDArray half) {
        return Transfers.place(owner, half.concat(half, 1));
    }

    /** Angles of some positions, to be applied to every head. */
    record Angles(NDArray cos, NDArray sin) { // [positions, 1, headSize]
        NDArray rotate(NDArray x) { // [..., heads, headSize]
            return Torch.rotate(x, cos, sin);
        }

        FusedLayer.Angles fused() {
            return new FusedLayer.Angles(cos, sin);
        }
    }

    /** Angles of positions [n], owned by their manager. */
    Angles at(NDArray positions) {
        return new Angles(
                Torch.select(cosines, 0, positions).expandDims(1),
                Torch.select(sines, 0, positions).expandDims(1));
    }
}
