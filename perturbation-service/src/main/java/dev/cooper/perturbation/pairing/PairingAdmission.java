package dev.cooper.perturbation.pairing;

import dev.cooper.platform.control.ControlBoard;
import dev.cooper.platform.line.Admission;
import dev.cooper.platform.line.AdmissionRule;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.proto.v1.Purpose;
import dev.cooper.proto.v1.RunControl;
import java.util.Optional;

/**
 * Which groups get a pair: those of the step that is open, whatever attempt and fence made them. A group that was won
 * by an older attempt, or under an orchestrator that was replaced since, is as good as any.
 */
public final class PairingAdmission implements AdmissionRule {

    private final ControlBoard board;

    public PairingAdmission(ControlBoard board) {
        this.board = board;
    }

    @Override
    public Admission admit(GroupHeaders group) {
        if (group.purpose() != Purpose.TRAINING) {
            return Admission.STALE;
        }
        Optional<RunControl> control = board.of(group.runId());
        if (control.isEmpty()) {
            return Admission.AHEAD;
        }
        if (hasEnded(control.get()) || group.step() < control.get().getStep()) {
            return Admission.STALE;
        }
        if (group.step() > control.get().getStep()) {
            return Admission.AHEAD;
        }
        // A step is evaluated when it has been committed: its pairs have had their time.
        return control.get().getPurpose() == Purpose.EVALUATION ? Admission.STALE : Admission.CURRENT;
    }

    private static boolean hasEnded(RunControl control) {
        return switch (control.getState()) {
            case COMPLETED, FAILED, RUN_CANCELLED -> true;
            case QUEUED, PREPARING, RUNNING, PAUSED, RUN_STATE_UNSPECIFIED, UNRECOGNIZED -> false;
        };
    }
}
