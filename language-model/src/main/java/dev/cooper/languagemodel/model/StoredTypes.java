package dev.cooper.languagemodel.model;

import dev.cooper.languagemodel.safetensors.TensorType;

/** In which types weights are written. */
public enum StoredTypes {
    /** All as float32, which loses nothing that training did. */
    FLOAT32,
    /** Each tensor in the type it was read in: what was not changed is written byte for byte as it was. */
    AS_READ;

    TensorType of(TensorType read) {
        return switch (this) {
            case FLOAT32 -> TensorType.F32;
            case AS_READ -> read;
        };
    }
}
