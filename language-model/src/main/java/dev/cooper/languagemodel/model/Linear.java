package dev.cooper.languagemodel.model;

import ai.djl.ndarray.NDArray;
import dev.cooper.languagemodel.torch.Torch;
import java.util.Optional;

/**
 * A linear layer on weights that it does not own.
 *
 * @param weight [out, in]
 * @param bias [out], where the architecture has one
 */
record Linear(NDArray weight, Optional<NDArray> bias) {

    static Linear of(Weights weights, String name) {
        return new Linear(weights.array(name + ".weight"), weights.find(name + ".bias"));
    }

    NDArray apply(NDArray x) { // [..., in] to [..., out]
        return Torch.linear(x, weight, bias);
    }
}
