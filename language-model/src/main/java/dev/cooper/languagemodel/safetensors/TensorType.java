package dev.cooper.languagemodel.safetensors;

import java.util.Optional;

/** Number types of safetensors files that can be read; all are read to float32. */
enum TensorType {
    F32(4),
    F16(2),
    BF16(2);

    final int bytes;

    TensorType(int bytes) {
        this.bytes = bytes;
    }

    static Optional<TensorType> named(String name) {
        for (TensorType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
