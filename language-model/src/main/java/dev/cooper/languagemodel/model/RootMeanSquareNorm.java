package dev.cooper.languagemodel.model;

import ai.djl.ndarray.NDArray;
import dev.cooper.languagemodel.torch.Torch;

/**
 * Root mean square normalisation over the last axis (Zhang and Sennrich, 2019), on a weight that it does not own.
 *
 * @param weight [size]
 * @param epsilon added to the mean square
 */
record RootMeanSquareNorm(NDArray weight, double epsilon) {
    NDArray apply(NDArray x) { // [..., size], result too
        return Torch.rmsNorm(x, weight, epsilon);
    }
}
