package dev.cooper.orchestrator.run;

import dev.cooper.proto.v1.Manifest;
import dev.cooper.proto.v1.Purpose;
import dev.cooper.proto.v1.RecordRef;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The groups that a step has sent out and waits for.
 *
 * @param attempt the newest attempt of any slot, from 1
 * @param slotAttempts the attempt that counts, by slot; records of other attempts are ignored. 0 for a slot that is not
 *     waited for
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

    /** The same groups with the time and the attempts allowed counted from now, under this fence. */
    Dispatch resumed(Instant now, long newFence) {
        return new Dispatch(purpose, attempt, slotAttempts, scanFrom, attempt, now, newFence);
    }

    /**
     * The pairs of these groups, each at the attempt at which its group won: they have been asked for by the groups'
     * own records.
     *
     * @param pairsFrom where the topic of pairs stood before the groups were sent
     */
    Dispatch pairsOf(Manifest groups, Map<Integer, Long> pairsFrom, Instant now) {
        Set<Integer> frozen =
                groups.getRecordsList().stream().map(RecordRef::getSlot).collect(Collectors.toSet());
        List<Integer> attempts = IntStream.range(0, slotAttempts.size())
                .mapToObj(slot -> frozen.contains(slot) ? slotAttempts.get(slot) : 0)
                .toList();
        return new Dispatch(purpose, attempt, attempts, pairsFrom, attempt - 1, now, fence);
    }

    /** How many attempts have been spent of those allowed. */
    int attemptsSpent() {
        return attempt - budgetFrom;
    }

    /** The slots that are waited for, lowest first. */
    List<Integer> slots() {
        return IntStream.range(0, slotAttempts.size())
                .filter(slot -> slotAttempts.get(slot) > 0)
                .boxed()
                .toList();
    }

    /** 0 for a slot that is not waited for. */
    int attemptOf(int slot) {
        return slot < slotAttempts.size() ? slotAttempts.get(slot) : 0;
    }
}
