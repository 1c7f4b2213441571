package dev.cooper.platform.failure;

import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.FailureReason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure with one of the closed set of reasons. The message is for people: it names the field or file, and the fix.
 * The same reason appears in messages on the log, in gRPC status details, in problem details and in metric tags.
 */
public class CooperException extends RuntimeException {

    private final FailureReason reason;
    private final @Nullable String field;

    /**
     * A failure without a cause.
     *
     * @throws IllegalArgumentException if the reason is not one of the closed set
     */
    public CooperException(FailureReason reason, String message) {
        this(reason, message, null, null);
    }

    /**
     * A failure that another exception led to.
     *
     * @throws IllegalArgumentException if the reason is not one of the closed set
     */
    public CooperException(FailureReason reason, String message, @Nullable Throwable cause) {
        this(reason, message, cause, null);
    }

    /**
     * A failure that lies in a field.
     *
     * @param field name of the field, setting or file that is wrong, as its author wrote it
     * @throws IllegalArgumentException if the reason is not one of the closed set
     */
    public CooperException(FailureReason reason, String message, @Nullable Throwable cause, @Nullable String field) {
        super(message, cause);
        this.reason = FailureReasons.requireKnown(reason);
        this.field = field;
    }

    /** Bad input in the named field. */
    public static CooperException badInput(String field, String message) {
        return badInput(field, message, null);
    }

    /** Bad input in the named field, as another exception told. */
    public static CooperException badInput(String field, String message, @Nullable Throwable cause) {
        return new CooperException(FailureReason.BAD_INPUT, message, cause, field);
    }

    /**
     * Any exception as one with a reason: itself if it has one, else INTERNAL with the exception's class and message.
     */
    public static CooperException of(Throwable thrown) {
        if (thrown instanceof CooperException known) {
            return known;
        }
        String message = thrown.getMessage() == null ? "" : ": " + thrown.getMessage();
        return new CooperException(FailureReason.INTERNAL, thrown.getClass().getSimpleName() + message, thrown);
    }

    public final FailureReason reason() {
        return reason;
    }

    /** Name of the wrong field, setting or file. */
    public final Optional<String> field() {
        return Optional.ofNullable(field);
    }

    /** The text for people, never null. */
    public final String detail() {
        String message = getMessage();
        return message == null ? "" : message;
    }

    /**
     * This failure as a message of the log.
     *
     * @param stage where on the line: sampling, verifying, scoring, pairing
     */
    public final Failure toFailure(String stage) {
        return Failure.newBuilder()
                .setReason(reason)
                .setDetail(detail())
                .setStage(stage)
                .build();
    }
}
