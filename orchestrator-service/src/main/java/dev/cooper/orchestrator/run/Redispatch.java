package dev.cooper.orchestrator.run;

import dev.cooper.proto.v1.FailureReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether groups must be sent again. A new attempt makes the stages drop every open request of an older one, so groups
 * that failed wait until no other is on its way, or until the time allowed is over.
 */
sealed interface Redispatch {

    /** Nothing to send. */
    record None() implements Redispatch {}

    /**
     * Send these again.
     *
     * @param budgetAnew whether this attempt is the first of those allowed
     */
    record Again(List<Integer> slots, String why, boolean budgetAnew) implements Redispatch {}

    /** Nothing is lost: they only get their time and attempts anew. */
    record Renewed() implements Redispatch {}

    /** All attempts are spent. */
    record GiveUp(String why) implements Redispatch {}

    static <C> Redispatch decide(Run run, AwaitedGroups<C> awaited, GroupWatch<C> groups, Instant now) {
        List<Integer> missing = groups.missing();
        List<ClosedGroup.Failed<C>> failed = retryable(groups);
        if (missing.isEmpty() && failed.isEmpty()) {
            return new None();
        }
        Dispatch dispatch = groups.dispatch();
        boolean takenOver = dispatch.fence() != run.fence();
        if (takenOver && awaited.outlivesItsFence()) {
            return new Renewed();
        }
        Duration allowed = awaited.timeAllowed(run);
        boolean late = now.isAfter(dispatch.dispatchedAt().plus(allowed));
        if (!takenOver && !late && !missing.isEmpty()) {
            return new None();
        }
        List<Integer> slots = Stream.concat(missing.stream(), failed.stream().map(ClosedGroup.Failed<C>::slot))
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .toList();
        String why = inWords(missing, failed, takenOver, allowed);
        if (takenOver) {
            return new Again(slots, why, true);
        }
        return dispatch.attemptsSpent() < run.spec().maxAttempts()
                ? new Again(slots, why, false)
                : new GiveUp("step " + run.step() + " " + awaited.what() + " gave up after " + dispatch.attemptsSpent()
                        + " attempts: " + why + "; mend the cause and resume the run");
    }

    private static <C> List<ClosedGroup.Failed<C>> retryable(GroupWatch<C> groups) {
        return groups.failed().stream()
                .filter(group -> group.failure().getReason() != FailureReason.BAD_INPUT)
                .toList();
    }

    private static <C> String inWords(
            List<Integer> missing, List<ClosedGroup.Failed<C>> failed, boolean takenOver, Duration allowed) {
        Stream<String> absent = missing.isEmpty()
                ? Stream.empty()
                : Stream.of("groups " + missing
                        + (takenOver ? " were open when the run was taken over" : " did not close in " + allowed));
        Stream<String> broken = failed.stream()
                .map(group -> "group " + group.slot() + " failed while "
                        + group.failure().getStage() + " (" + group.failure().getReason() + "): "
                        + group.failure().getDetail());
        return Stream.concat(absent, broken).collect(Collectors.joining("; "));
    }
}
