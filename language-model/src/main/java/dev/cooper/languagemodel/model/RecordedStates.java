package dev.cooper.languagemodel.model;

import ai.djl.ndarray.NDArray;
import dev.cooper.languagemodel.torch.Torch;
import java.util.function.Consumer;

/** Hidden states, [n, hidden], and what brings a gradient of their shape back to the weights, once. */
record RecordedStates(NDArray hidden, Consumer<NDArray> way) {

    /** The states for a head to compute on: recording begins anew with them. */
    NDArray leaf() {
        NDArray leaf = Torch.detached(hidden);
        leaf.setRequiresGradient(true);
        return leaf;
    }

    /** Goes on from the gradient that a head's backward pass left at its {@link #leaf}. */
    void backward(NDArray leaf) {
        try (NDArray gradient = leaf.getGradient()) {
            way.accept(gradient);
        }
    }
}
