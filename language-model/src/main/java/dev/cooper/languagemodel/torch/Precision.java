package dev.cooper.languagemodel.torch;

/** Floating-point types that tensors are held and computed in. */
public enum Precision {
    /** IEEE single precision. */
    FLOAT32(6, Float.BYTES),
    /** IEEE half precision: what some checkpoints are stored in; nothing is computed in it here. */
    FLOAT16(5, Short.BYTES),
    /** The upper half of a float32. */
    BFLOAT16(15, Short.BYTES);

    private final int scalarType; // c10::ScalarType
    private final int bytes;

    Precision(int scalarType, int bytes) {
        this.scalarType = scalarType;
        this.bytes = bytes;
    }

    int scalarType() {
        return scalarType;
    }

    /** Bytes of a value. */
    public int bytes() {
        return bytes;
    }
}
