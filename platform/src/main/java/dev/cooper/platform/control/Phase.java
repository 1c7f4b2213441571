package dev.cooper.platform.control;

import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.proto.v1.Purpose;
import dev.cooper.proto.v1.RunControl;
import java.util.Comparator;

/**
 * Where a run stands. Phases of a run are ordered by fence, step, purpose (training before evaluation) and attempt.
 *
 * @param attempt the newest attempt of any slot; 0 before anything was dispatched
 */
public record Phase(long fence, long step, Purpose purpose, int attempt) implements Comparable<Phase> {

    private static final Comparator<Phase> ORDER = Comparator.comparingLong(Phase::fence)
            .thenComparingLong(Phase::step)
            .thenComparing(Phase::purpose)
            .thenComparingInt(Phase::attempt);

    public static Phase of(RunControl control) {
        return new Phase(control.getFence(), control.getStep(), control.getPurpose(), control.getAttempt());
    }

    public static Phase of(GroupHeaders headers) {
        return new Phase(headers.fence(), headers.step(), headers.purpose(), headers.attempt());
    }

    @Override
    public int compareTo(Phase other) {
        return ORDER.compare(this, other);
    }
}
