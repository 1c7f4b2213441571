package dev.cooper.platform.line;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import org.jspecify.annotations.Nullable;

/** A record larger than the log takes. Sending it again is of no use: its group has failed. */
public final class RecordTooLargeException extends CooperException {

    public RecordTooLargeException(String message, @Nullable Throwable cause) {
        super(FailureReason.BAD_INPUT, message, cause);
    }
}
