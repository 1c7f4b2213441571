package dev.cooper.perturbation.pairing;

import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.ScoredAs;
import dev.cooper.platform.line.Work;
import dev.cooper.proto.v1.PairOutcome;
import dev.cooper.proto.v1.ScoredGroup;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which attempt of a slot counts since its pair was asked for again: what an earlier one still works on is of no use.
 * Only a help to waste less; whoever counts pairs looks at their attempts.
 */
final class AskedAgain {

    private final Map<String, Asked> newest = new ConcurrentHashMap<>();

    /** Who steers comes before the attempt: a successor may begin a step's attempts anew. */
    private record Asked(long step, long fence, int attempt) {

        private static final Comparator<Asked> ORDER = Comparator.comparingLong(Asked::step)
                .thenComparingLong(Asked::fence)
                .thenComparingInt(Asked::attempt);

        boolean isBehind(Asked other) {
            return ORDER.compare(this, other) < 0;
        }
    }

    /** Takes note of a group that was taken in. */
    void note(Work<ScoredGroup, PairOutcome> work) {
        Asked now = asked(work.headers());
        newest.computeIfPresent(work.headers().key(), (_, known) -> known.isBehind(now) ? null : known);
        if (ScoredAs.read(work.record().headers()).isPresent()) {
            newest.merge(work.headers().key(), now, (known, other) -> known.isBehind(other) ? other : known);
        }
    }

    /** Whether a later attempt of the same slot and step asks for the pair again. */
    boolean after(GroupHeaders headers) {
        Asked known = newest.get(headers.key());
        return known != null && asked(headers).isBehind(known);
    }

    private static Asked asked(GroupHeaders headers) {
        return new Asked(headers.step(), headers.fence(), headers.attempt());
    }
}
