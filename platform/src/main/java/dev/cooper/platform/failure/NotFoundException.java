package dev.cooper.platform.failure;

import dev.cooper.proto.v1.FailureReason;
import org.jspecify.annotations.Nullable;

/** What was asked for does not exist: gRPC NOT_FOUND, HTTP 404. */
public final class NotFoundException extends CooperException {

    public NotFoundException(String message) {
        this(message, null);
    }

    NotFoundException(String message, @Nullable Throwable cause) {
        super(FailureReason.BAD_INPUT, message, cause);
    }
}
