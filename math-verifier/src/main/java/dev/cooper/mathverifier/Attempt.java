package dev.cooper.mathverifier;

import java.util.Objects;

/** A completion that a reference decides on. */
public record Attempt(String reference, String completion, Ending ending) {
    public Attempt {
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(completion, "completion");
        Objects.requireNonNull(ending, "ending");
    }

    /** A completion that ended by itself. */
    public Attempt(String reference, String completion) {
        this(reference, completion, Ending.FINISHED);
    }
}
