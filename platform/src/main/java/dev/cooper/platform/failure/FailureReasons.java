package dev.cooper.platform.failure;

import dev.cooper.proto.v1.FailureReason;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The closed set: every {@link FailureReason} but the two that protobuf adds for what it cannot read. */
public final class FailureReasons {

    private static final List<FailureReason> ALL = Arrays.stream(FailureReason.values())
            .filter(reason -> reason != FailureReason.FAILURE_REASON_UNSPECIFIED)
            .filter(reason -> reason != FailureReason.UNRECOGNIZED)
            .toList();

    private FailureReasons() {}

    public static List<FailureReason> all() {
        return ALL;
    }

    /** The reason of that name, if it is of the closed set. */
    public static Optional<FailureReason> named(String name) {
        return ALL.stream().filter(reason -> reason.name().equals(name)).findFirst();
    }

    /** Lower-case name for metric tags and problem types, such as {@code bad_input}. */
    public static String tag(FailureReason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if the reason is not of the closed set */
    static FailureReason requireKnown(FailureReason reason) {
        if (!ALL.contains(reason)) {
            throw new IllegalArgumentException("a failure needs a reason of " + ALL + ", got " + reason);
        }
        return reason;
    }
}
