package dev.cooper.languagemodel.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.torch.PackedMatrix;
import dev.cooper.languagemodel.torch.Torch;
import java.util.Optional;

/** A linear layer on weights that it does not own. */
@FunctionalInterface
interface Linear {
    NDArray apply(NDArray x); // [..., in] to [..., out]

    /** From a layer's name, such as {@code model.layers.0.mlp.up_proj}, to the layer. */
    @FunctionalInterface
    interface Source {
        Linear of(String name);
    }

    /** A layer without bias. weight: [out, in] */
    static Linear of(NDArray weight) {
        return x -> Torch.linear(x, weight, Optional.empty());
    }

    /** Layers on these weights. */
    static Source plain(Weights weights) {
        return name -> {
            NDArray weight = weights.array(name + ".weight");
            Optional<NDArray> bias = weights.find(name + ".bias");
            return x -> Torch.linear(x, weight, bias);
        };
    }

    /** A layer without bias on a packed copy of its weight, which is the owner's. */
    static Linear packed(NDArray weight, NDManager owner) {
        PackedMatrix matrix = PackedMatrix.of(owner, weight);
        return x -> matrix.linear(x, Optional.empty());
    }

    /** Layers on packed copies of these weights, which are the owner's. */
    static Source packed(Weights weights, NDManager owner) {
        return name -> {
            PackedMatrix matrix = PackedMatrix.of(owner, weights.array(name + ".weight"));
            Optional<NDArray> bias = weights.find(name + ".bias");
            return x -> matrix.linear(x, bias);
        };
    }
}
