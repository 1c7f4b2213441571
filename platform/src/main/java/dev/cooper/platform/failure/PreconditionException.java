package dev.cooper.platform.failure;

import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ModelRef;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The request is well formed but does not fit what is held now: gRPC FAILED_PRECONDITION, HTTP 409. */
public final class PreconditionException extends CooperException {

    private final @Nullable ModelRef heldVersion;

    public PreconditionException(String message) {
        this(message, null, null);
    }

    private PreconditionException(String message, @Nullable ModelRef heldVersion, @Nullable Throwable cause) {
        super(FailureReason.BAD_INPUT, message, cause);
        this.heldVersion = heldVersion;
    }

    /** A model is at another version than the request starts from; the caller learns which one. */
    public static PreconditionException wrongVersion(ModelRef held, ModelRef asked) {
        return new PreconditionException("the model is at " + show(held) + ", not at " + show(asked), held, null);
    }

    /** A request with a fence below the highest one seen: its sender no longer steers the run. */
    public static PreconditionException staleFence(long given, long highest) {
        return new PreconditionException("fence " + given + " is below " + highest
                + ", the highest one seen: another orchestrator steers the run");
    }

    /** As {@link #wrongVersion}, with the message of the other side; for calls that were answered that way. */
    static PreconditionException answered(String message, @Nullable ModelRef heldVersion, Throwable cause) {
        return new PreconditionException(message, heldVersion, cause);
    }

    /** The version that is held, when it is the reason. */
    public Optional<ModelRef> heldVersion() {
        return Optional.ofNullable(heldVersion);
    }

    private static String show(ModelRef version) {
        return "version " + version.getNumber() + "." + version.getIncarnation() + " (" + version.getChecksum() + ")";
    }
}
