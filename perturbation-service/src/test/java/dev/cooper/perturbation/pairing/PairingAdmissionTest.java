package dev.cooper.perturbation.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.platform.control.ControlBoard;
import dev.cooper.platform.line.Admission;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.testing.TestingGroups;
import dev.cooper.proto.v1.GroupId;
import dev.cooper.proto.v1.Purpose;
import dev.cooper.proto.v1.RunState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PairingAdmissionTest {

    /** Step 3, fence 7, attempt 2. */
    private final ControlBoard board = new ControlBoard();

    private final PairingAdmission admission = new PairingAdmission(board);

    @Test
    void theOpenStepsGroupsAreWantedWhateverAttemptAndFenceMadeThem() {
        board.update(TestingGroups.control(2).build());

        assertThat(admit(group())).isEqualTo(Admission.CURRENT);
        assertThat(admit(group().setAttempt(1))).isEqualTo(Admission.CURRENT);
        assertThat(admit(group().setAttempt(5))).isEqualTo(Admission.CURRENT);
        assertThat(admit(group().setFence(1))).isEqualTo(Admission.CURRENT);
        board.update(TestingGroups.control(2).setState(RunState.PAUSED).build());
        assertThat(admit(group())).isEqualTo(Admission.CURRENT);
    }

    @Test
    void otherStepsAreOverOrWaitForControl() {
        assertThat(admit(group())).isEqualTo(Admission.AHEAD);
        board.update(TestingGroups.control(2).build());

        assertThat(admit(group().setStep(2))).isEqualTo(Admission.STALE);
        assertThat(admit(group().setStep(4))).isEqualTo(Admission.AHEAD);
        assertThat(admit(group().setRunId("run-2"))).isEqualTo(Admission.AHEAD);
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETED", "FAILED", "RUN_CANCELLED"})
    void aRunThatEndedWantsNothing(RunState state) {
        board.update(TestingGroups.control(2).setState(state).build());

        assertThat(admit(group())).isEqualTo(Admission.STALE);
    }

    @Test
    void evaluationsHaveNoPairsAndEndTheTrainingOfTheirStep() {
        assertThat(admit(group().setPurpose(Purpose.EVALUATION))).isEqualTo(Admission.STALE);

        board.update(TestingGroups.control(1).setPurpose(Purpose.EVALUATION).build());
        assertThat(admit(group())).isEqualTo(Admission.STALE);
    }

    private Admission admit(GroupId.Builder group) {
        return admission.admit(GroupHeaders.of(group.build()));
    }

    private static GroupId.Builder group() {
        return TestingGroups.group(0, 2).toBuilder();
    }
}
