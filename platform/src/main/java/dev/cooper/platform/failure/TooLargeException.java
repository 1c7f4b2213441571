package dev.cooper.platform.failure;

import dev.cooper.proto.v1.FailureReason;

/** A request that is larger than this service takes. */
public final class TooLargeException extends CooperException {

    public TooLargeException(String message) {
        super(FailureReason.BAD_INPUT, message);
    }
}
