package dev.cooper.languagemodel.safetensors;

import java.util.Optional;

/** Number types of safetensors files that can be read and written. */
public enum TensorType {
    /** IEEE single precision. */
    F32(4, "float32", 0x7F80_0000_7F80_0000L, 0x0080_0000_0080_0000L, 0x8000_0000_8000_0000L),
    /** IEEE half precision. */
    F16(2, "float16", 0x7C00_7C00_7C00_7C00L, 0x0400_0400_0400_0400L, 0x8000_8000_8000_8000L),
    /** The upper half of a single. */
    BF16(2, "bfloat16", 0x7F80_7F80_7F80_7F80L, 0x0080_0080_0080_0080L, 0x8000_8000_8000_8000L);

    private final int bytes;
    private final String dtype;
    private final long exponents;
    private final long lowest;
    private final long signs;

    TensorType(int bytes, String dtype, long exponents, long lowest, long signs) {
        this.bytes = bytes;
        this.dtype = dtype;
        this.exponents = exponents;
        this.lowest = lowest;
        this.signs = signs;
    }

    static Optional<TensorType> named(String name) {
        for (TensorType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** Bytes of a value. */
    public int bytes() {
        return bytes;
    }

    /** The type as config.json's {@code dtype} names it. */
    public String dtype() {
        return dtype;
    }

    /**
     * Of the values in 8 bytes, the sign bit of each that is not finite: all bits of its exponent are set, so that the
     * exponent's lowest bit, added, carries into the sign.
     */
    long notFinite(long eightBytes) {
        return ((eightBytes & exponents) + lowest) & signs;
    }
}
