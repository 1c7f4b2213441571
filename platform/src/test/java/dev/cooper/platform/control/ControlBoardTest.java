package dev.cooper.platform.control;

import static dev.cooper.platform.line.Admission.AHEAD;
import static dev.cooper.platform.line.Admission.CURRENT;
import static dev.cooper.platform.line.Admission.STALE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.platform.line.Admission;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.testing.TestingGroups;
import dev.cooper.proto.v1.Purpose;
import dev.cooper.proto.v1.RunControl;
import dev.cooper.proto.v1.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ControlBoardTest {

    private final ControlBoard board = new ControlBoard();

    @Test
    void aRunNotHeardOfIsAhead() {
        assertThat(board.admit(group(7, 3, Purpose.TRAINING, 1))).isEqualTo(AHEAD);
    }

    @ParameterizedTest
    @CsvSource({
        "7, 3, TRAINING,   2, CURRENT",
        "7, 3, TRAINING,   1, STALE",
        "7, 3, TRAINING,   3, AHEAD",
        "7, 3, EVALUATION, 1, AHEAD",
        "7, 2, EVALUATION, 9, STALE",
        "7, 4, TRAINING,   1, AHEAD",
        "6, 9, EVALUATION, 9, STALE",
        "8, 1, TRAINING,   1, AHEAD"
    })
    void phasesAreOrderedByFenceStepPurposeAndAttempt(
            long fence, long step, Purpose purpose, int attempt, Admission expected) {
        board.update(TestingGroups.control(2).build());

        assertThat(board.admit(group(fence, step, purpose, attempt))).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(
            value = RunState.class,
            names = {"COMPLETED", "FAILED", "RUN_CANCELLED"})
    void nothingOfAnEndedRunIsAdmitted(RunState state) {
        board.update(TestingGroups.control(1).setState(state).build());

        assertThat(board.admit(group(7, 3, Purpose.TRAINING, 1))).isEqualTo(STALE);
        assertThat(board.admit(group(7, 4, Purpose.TRAINING, 1))).isEqualTo(STALE);
    }

    @ParameterizedTest
    @EnumSource(
            value = RunState.class,
            names = {"QUEUED", "PREPARING", "RUNNING", "PAUSED"})
    void workUnderWayGoesOnWhateverElseTheStateIs(RunState state) {
        board.update(TestingGroups.control(1).setState(state).build());

        assertThat(board.admit(group(7, 3, Purpose.TRAINING, 1))).isEqualTo(CURRENT);
    }

    @Test
    void aCancelledSlotIsStaleAndTheOthersAreNot() {
        board.update(TestingGroups.control(1).addCancelledSlots(0).build());

        assertThat(board.admit(group(7, 3, Purpose.TRAINING, 1))).isEqualTo(STALE);
        assertThat(board.admit(GroupHeaders.of(TestingGroups.group(1, 1)))).isEqualTo(CURRENT);
    }

    @Test
    void olderControlChangesNothing() {
        RunControl now = TestingGroups.control(2).build();

        assertThat(board.update(now)).isTrue();
        assertThat(board.update(TestingGroups.control(1).build())).isFalse();
        assertThat(board.update(TestingGroups.control(9).setStep(2).build())).isFalse();
        assertThat(board.update(TestingGroups.control(9).setFence(6).setStep(9).build()))
                .isFalse();
        assertThat(board.of("run-1")).contains(now);
    }

    @Test
    void theSamePhaseIsReplacedAndANewFenceMayGoBackInSteps() {
        RunControl paused = TestingGroups.control(2).setState(RunState.PAUSED).build();
        RunControl rolledBack = TestingGroups.control(1).setFence(8).setStep(1).build();
        board.update(TestingGroups.control(2).build());

        assertThat(board.update(paused)).isTrue();
        assertThat(board.of("run-1")).contains(paused);
        assertThat(board.update(rolledBack)).isTrue();
        assertThat(board.all()).containsExactly(rolledBack);
    }

    @Test
    void runsDoNotTouchEachOther() {
        board.update(TestingGroups.control(1).build());
        board.update(TestingGroups.control(1)
                .setRunId("run-2")
                .setState(RunState.FAILED)
                .build());

        assertThat(board.admit(group(7, 3, Purpose.TRAINING, 1))).isEqualTo(CURRENT);
        board.forget("run-1");
        assertThat(board.admit(group(7, 3, Purpose.TRAINING, 1))).isEqualTo(AHEAD);
    }

    @Test
    void listenersHearOnlyWhatWasTaken() {
        List<Integer> heard = new ArrayList<>();
        board.listen(control -> heard.add(control.getAttempt()));

        board.update(TestingGroups.control(1).build());
        board.update(TestingGroups.control(3).build());
        board.update(TestingGroups.control(2).build());

        assertThat(heard).containsExactly(1, 3);
    }

    @Test
    void waitingEndsWhenControlArrives() throws Exception {
        GroupHeaders ahead = group(7, 3, Purpose.TRAINING, 1);
        CompletableFuture<Admission> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return board.await(ahead, Duration.ofSeconds(20));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        board.update(TestingGroups.control(1).build());

        assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo(CURRENT);
    }

    @Test
    void waitingIsBounded() throws Exception {
        assertThat(board.await(group(7, 3, Purpose.TRAINING, 1), Duration.ofMillis(5)))
                .isEqualTo(AHEAD);
        assertThat(board.await(group(7, 3, Purpose.TRAINING, 1), Duration.ZERO)).isEqualTo(AHEAD);
    }

    private static GroupHeaders group(long fence, long step, Purpose purpose, int attempt) {
        return new GroupHeaders("run-1", step, 0, attempt, fence, purpose, null);
    }
}
