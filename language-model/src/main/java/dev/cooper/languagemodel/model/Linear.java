package dev.cooper.languagemodel.model;

import ai.djl.ndarray.NDArray;
import dev.cooper.languagemodel.torch.Torch;
import java.util.Optional;

/** A linear layer on weights that it does not own. */
@FunctionalInterface
interface Linear {
    NDArray apply(NDArray x); // [..., in] to [..., out]

    /** A layer without bias. weight: [out, in] */
    static Linear of(NDArray weight) {
        return x -> Torch.linear(x, weight, Optional.empty());
    }

    /** The layer of a name, such as {@code model.layers.0.mlp.up_proj}. */
    static Linear of(Weights weights, String name) {
        NDArray weight = weights.array(name + ".weight");
        Optional<NDArray> bias = weights.find(name + ".bias");
        return x -> Torch.linear(x, weight, bias);
    }
}
