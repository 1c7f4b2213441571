package dev.cooper.platform.line;

import dev.cooper.platform.failure.FailureReasons;
import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.GroupId;
import dev.cooper.proto.v1.Purpose;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a record of a group is about, as it stands in the record's headers, so that one who only counts need not read
 * the value. Headers are text in UTF-8.
 *
 * @param step from 0, which is the evaluation of the initial policy
 * @param slot position of the prompt in the step, from 0
 * @param attempt dispatch of the slot, from 1
 * @param fence who steers the run
 * @param failure why the group failed; null when it did not
 */
public record GroupHeaders(
        String runId,
        long step,
        int slot,
        int attempt,
        long fence,
        Purpose purpose,
        @Nullable FailureReason failure) {

    public static final String RUN = "cooper-run";
    public static final String STEP = "cooper-step";
    public static final String SLOT = "cooper-slot";
    public static final String ATTEMPT = "cooper-attempt";
    public static final String FENCE = "cooper-fence";
    public static final String PURPOSE = "cooper-purpose";
    public static final String FAILURE = "cooper-failure";

    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9._-]+");

    public GroupHeaders {
        if (!RUN_ID.matcher(runId).matches()) {
            throw new IllegalArgumentException(
                    RUN + " must be letters, digits, dots, dashes and underscores, got '" + runId + "'");
        }
        requireAtLeast(0, step, STEP);
        requireAtLeast(0, slot, SLOT);
        requireAtLeast(1, attempt, ATTEMPT);
        requireAtLeast(0, fence, FENCE);
        if (purpose != Purpose.TRAINING && purpose != Purpose.EVALUATION) {
            throw new IllegalArgumentException(PURPOSE + " must be TRAINING or EVALUATION, got " + purpose);
        }
        if (failure != null && !FailureReasons.all().contains(failure)) {
            throw new IllegalArgumentException(
                    FAILURE + " must be one of " + FailureReasons.all() + ", got " + failure);
        }
    }

    /**
     * Headers of a group that has not failed.
     *
     * @throws IllegalArgumentException if a field is out of its range
     */
    public static GroupHeaders of(GroupId group) {
        return of(group, null);
    }

    /**
     * Headers of a group, with the reason when it has failed.
     *
     * @throws IllegalArgumentException if a field is out of its range
     */
    public static GroupHeaders of(GroupId group, @Nullable Failure failure) {
        return new GroupHeaders(
                group.getRunId(),
                group.getStep(),
                group.getSlot(),
                group.getAttempt(),
                group.getFence(),
                group.getPurpose(),
                failure == null ? null : failure.getReason());
    }

    /** The headers of a record's group; nothing when one is missing or unreadable. */
    public static Optional<GroupHeaders> read(Map<String, String> headers) {
        try {
            return Optional.of(parse(headers));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * The headers of a record's group.
     *
     * @throws IllegalArgumentException naming the header that is missing or unreadable
     */
    public static GroupHeaders parse(Map<String, String> headers) {
        String failure = headers.get(FAILURE);
        return new GroupHeaders(
                required(headers, RUN),
                number(headers, STEP),
                Math.toIntExact(inIntRange(number(headers, SLOT), SLOT)),
                Math.toIntExact(inIntRange(number(headers, ATTEMPT), ATTEMPT)),
                number(headers, FENCE),
                purpose(required(headers, PURPOSE)),
                failure == null ? null : reason(failure));
    }

    public Map<String, String> toMap() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(RUN, runId);
        headers.put(STEP, Long.toString(step));
        headers.put(SLOT, Integer.toString(slot));
        headers.put(ATTEMPT, Integer.toString(attempt));
        headers.put(FENCE, Long.toString(fence));
        headers.put(PURPOSE, purpose.name());
        if (failure != null) {
            headers.put(FAILURE, failure.name());
        }
        return headers;
    }

    public GroupId toGroupId() {
        return GroupId.newBuilder()
                .setRunId(runId)
                .setStep(step)
                .setSlot(slot)
                .setAttempt(attempt)
                .setFence(fence)
                .setPurpose(purpose)
                .build();
    }

    /** Key of the record: all attempts of a slot are in one partition, in their order. */
    public String key() {
        return runId + "/" + slot;
    }

    /** The same group, whether or not it failed. */
    public boolean sameGroup(GroupHeaders other) {
        return toGroupId().equals(other.toGroupId());
    }

    private static void requireAtLeast(long least, long value, String header) {
        if (value < least) {
            throw new IllegalArgumentException(header + " must be at least " + least + ", got " + value);
        }
    }

    private static long inIntRange(long value, String header) {
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(header + " is out of range: " + value);
        }
        return value;
    }

    private static String required(Map<String, String> headers, String name) {
        String value = headers.get(name);
        if (value == null) {
            throw new IllegalArgumentException("header " + name + " is missing");
        }
        return value;
    }

    private static long number(Map<String, String> headers, String name) {
        String value = required(headers, name);
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("header " + name + " is not a number: '" + value + "'", e);
        }
    }

    private static Purpose purpose(String name) {
        for (Purpose purpose : Purpose.values()) {
            if (purpose.name().equals(name)) {
                return purpose;
            }
        }
        throw new IllegalArgumentException("header " + PURPOSE + " must be TRAINING or EVALUATION, got '" + name + "'");
    }

    private static FailureReason reason(String name) {
        return FailureReasons.named(name)
                .orElseThrow(() ->
                        new IllegalArgumentException("header " + FAILURE + " is no known reason: '" + name + "'"));
    }
}
