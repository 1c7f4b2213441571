package dev.cooper.platform.failure;

import dev.cooper.proto.v1.FailureReason;

/** There is as much of something as is allowed; the message says of what, and which setting allows more. */
public final class QuotaException extends CooperException {

    public QuotaException(String message) {
        super(FailureReason.NO_CAPACITY, message);
    }
}
