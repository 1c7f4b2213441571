package dev.cooper.orchestrator.run;

import dev.cooper.proto.v1.Purpose;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The groups that a step has sent out and waits for.
 *
 * @param attempt the newest attempt of any slot, from 1
 * @param slotAttempts the attempt that counts, by slot; records of other attempts are ignored
 * @param scanFrom where the topic that closes the groups stood before the first dispatch, by partition: a restarted
 *     orchestrator reads from there and finds the same winners
 * @param budgetFrom the attempt after which the attempts allowed are counted: rises when a user resumes the run or
 *     another orchestrator takes it over
 * @param dispatchedAt when the newest attempt was sent
 * @param fence the fence that the newest attempt was sent under; stages drop requests of older ones
 */
public record Dispatch(
        Purpose purpose,
        int attempt,
        List<Integer> slotAttempts,
        Map<Integer, Long> scanFrom,
        int budgetFrom,
        Instant dispatchedAt,
        long fence) {
    public Dispatch {
        slotAttempts = List.copyOf(slotAttempts);
        scanFrom = Map.copyOf(scanFrom);
    }

    static Dispatch first(Purpose purpose, int slots, Map<Integer, Long> scanFrom, Instant now, long fence) {
        return new Dispatch(
                purpose, 1, IntStream.range(0, slots).mapToObj(_ -> 1).toList(), scanFrom, 0, now, fence);
    }

    /** The same groups with these slots sent again. */
    Dispatch again(Collection<Integer> slots, Instant now, long newFence, boolean budgetAnew) {
        int next = attempt + 1;
        List<Integer> attempts = IntStream.range(0, slotAttempts.size())
                .mapToObj(slot -> slots.contains(slot) ? next : slotAttempts.get(slot))
                .toList();
        return new Dispatch(purpose, next, attempts, scanFrom, budgetAnew ? attempt : budgetFrom, now, newFence);
    }

    /** The same groups with the time and the attempts allowed counted from now. */
    Dispatch resumed(Instant now) {
        return new Dispatch(purpose, attempt, slotAttempts, scanFrom, attempt, now, fence);
    }

    /** How many attempts have been spent of those allowed. */
    int attemptsSpent() {
        return attempt - budgetFrom;
    }

    int slots() {
        return slotAttempts.size();
    }

    int attemptOf(int slot) {
        return slotAttempts.get(slot);
    }
}
