package dev.cooper.languagemodel.safetensors;

import java.util.List;

/** Values of a tensor that are had in parts, so that nobody needs to hold them all. */
public interface TensorValues {
    /** Size of each axis; empty for a scalar. */
    List<Long> shape();

    /** Values in row-major order, beginning with the value {@code from}. Not to be changed. */
    float[] part(long from, int count);

    /** Number of values. */
    default long count() {
        return TensorInfo.count(shape());
    }
}
