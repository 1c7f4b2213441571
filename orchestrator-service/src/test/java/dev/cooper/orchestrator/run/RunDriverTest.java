package dev.cooper.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.failure.PreconditionException;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.RecordRef;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunDriverTest {
    private final DriverBench bench = new DriverBench(1.0);

    @Test
    void aStepTrainsOnItsManifestAndCommitsTheNewVersion() {
        bench.settle();
        bench.onTrain = () -> {
            bench.onAttach = () -> DriverBench.state(1);
            return DriverBench.result(1);
        };
        IntStream.range(0, DriverBench.SLOTS).forEach(slot -> bench.closes(slot, 1));
        bench.settle();

        assertThat(bench.run().policy()).isEqualTo(DriverBench.version(1));
        assertThat(bench.trained.getFirst().getManifest().getRecordsList())
                .extracting(RecordRef::getSlot)
                .containsExactly(0, 1, 2);
        assertThat(bench.step().number()).as("the next step has begun").isEqualTo(2);
        assertThat(bench.events()).containsSubsequence("ManifestFrozen", "PolicyUpdated", "StepCommitted");
    }

    @Test
    void theRecordAtTheLowestOffsetWinsWhateverComesAfterIt() {
        bench.settle();
        bench.closes(0, 1);
        bench.fails(0, 1, FailureReason.MODEL_FAULT);
        bench.closes(0, 1);
        bench.closes(1, 1);
        bench.closes(2, 1);
        bench.settle();

        assertThat(bench.trained.getFirst().getManifest().getRecordsList())
                .extracting(RecordRef::getOffset)
                .containsExactly(0L, 3L, 4L);
    }

    @Test
    void groupsThatAreLateAreSentAgainAndTheirFirstAttemptNoLongerCounts() {
        bench.settle();
        bench.closes(1, 1);
        bench.settle();
        bench.now = bench.now.plus(Duration.ofMinutes(2));
        bench.settle();
        assertThat(bench.requests()).containsExactly("0@1", "1@1", "2@1", "0@2", "2@2");

        bench.closes(0, 1);
        bench.closes(2, 2);
        bench.settle();
        assertThat(bench.step().state()).isEqualTo(StepState.SAMPLING);

        bench.closes(0, 2);
        bench.settle();
        assertThat(bench.trained).isNotEmpty();
    }

    @Test
    void aFailedGroupWaitsForTheOthersAndIsThenSentAgain() {
        bench.settle();
        bench.fails(0, 1, FailureReason.MODEL_FAULT);
        bench.closes(1, 1);
        bench.settle();
        assertThat(bench.requests()).hasSize(3);

        bench.closes(2, 1);
        bench.settle();
        assertThat(bench.requests()).endsWith("0@2").hasSize(4);
    }

    @Test
    void aRunPausesAndNamesTheGroupsWhenTheirAttemptsAreSpentAndGoesOnWhenAsked() {
        bench.settle();
        for (int attempt = 1; attempt <= 2; attempt++) {
            bench.now = bench.now.plus(Duration.ofMinutes(2));
            bench.settle();
        }

        assertThat(bench.run().state()).isEqualTo(RunState.PAUSED);
        assertThat(bench.run().reason()).contains("groups [0, 1, 2]", "2 attempts", "resume the run");

        bench.ledger.wish(DriverBench.RUN, Wish.RUN);
        bench.settle();
        bench.now = bench.now.plus(Duration.ofMinutes(2));
        bench.settle();
        assertThat(bench.run().state()).isEqualTo(RunState.RUNNING);
        assertThat(bench.requests()).endsWith("0@3", "1@3", "2@3");
    }

    @Test
    void aGroupOfBadInputIsLeftOutAndCounted() {
        bench.settle();
        bench.fails(0, 1, FailureReason.BAD_INPUT);
        bench.closes(1, 1);
        bench.closes(2, 1);
        bench.onTrain = () -> {
            throw new CooperException(FailureReason.TIMEOUT, "still at work");
        };
        bench.settle();

        assertThat(bench.step().excluded()).containsOnlyKeys(0);
        assertThat(bench.step().manifest().orElseThrow().getRecordsCount()).isEqualTo(2);
        assertThat(bench.run().state()).as("a timeout only waits").isEqualTo(RunState.RUNNING);
    }

    @Test
    void aStepWithNothingToTrainOnFailsTheRunAndSaysWhy() {
        bench.settle();
        IntStream.range(0, DriverBench.SLOTS).forEach(slot -> bench.fails(slot, 1, FailureReason.BAD_INPUT));
        bench.settle();

        assertThat(bench.run().state()).isEqualTo(RunState.FAILED);
        assertThat(bench.run().reason()).contains("no group to train on", "BAD_INPUT", "as the test wants");
    }

    @Test
    void anUnreadableRecordNeverWinsAndGoesToTheDeadLetters() {
        bench.settle();
        bench.arrives(bench.poison(0, 1));
        IntStream.range(0, DriverBench.SLOTS).forEach(slot -> bench.closes(slot, 1));
        bench.settle();

        assertThat(bench.said)
                .filteredOn(OutgoingRecord::deadLetter)
                .singleElement()
                .satisfies(letter -> assertThat(letter.headers())
                        .containsEntry("cooper-source", "scored/0/0")
                        .hasEntrySatisfying(
                                "cooper-error", why -> assertThat(why).startsWith("UNREADABLE_VALUE: ")));
        assertThat(bench.events()).contains("RecordRejected");
        assertThat(bench.trained.getFirst().getManifest().getRecords(0).getOffset())
                .isEqualTo(1);
    }

    @Test
    void aForgedRecordNeverWinsAndGoesToTheDeadLetters() {
        bench.settle();
        bench.isForged(0, 1);
        bench.settle();
        assertThat(bench.step().state()).isEqualTo(StepState.SAMPLING);
        IntStream.range(0, DriverBench.SLOTS).forEach(slot -> bench.closes(slot, 1));
        bench.settle();

        assertThat(bench.said)
                .filteredOn(OutgoingRecord::deadLetter)
                .singleElement()
                .satisfies(letter -> assertThat(letter.headers())
                        .containsEntry("cooper-error", "FORGED: header cooper-signature is missing"));
        assertThat(bench.trained.getFirst().getManifest().getRecords(0).getOffset())
                .isEqualTo(1);
    }

    @Test
    void aQuorumClosesTheStepWithoutTheSlowestGroups() {
        DriverBench quorum = new DriverBench(0.6);
        quorum.settle();
        quorum.closes(0, 1);
        quorum.closes(2, 1);
        quorum.settle();

        assertThat(quorum.trained.getFirst().getManifest().getRecordsList())
                .extracting(RecordRef::getSlot)
                .containsExactly(0, 2);
        assertThat(quorum.ledger.step(DriverBench.RUN, 1).orElseThrow().excluded())
                .hasEntrySatisfying(1, why -> assertThat(why).contains("quorum"));
    }

    @Test
    void aTakeoverSendsOpenGroupsAgainAndKeepsClosedOnes() {
        bench.settle();
        bench.closes(1, 1);
        bench.settle();
        bench.takeOver();
        bench.closes(1, 1);
        bench.settle();

        assertThat(bench.requests()).containsExactly("0@1", "1@1", "2@1", "0@2", "2@2");
    }

    @Test
    void aDriverThatWasReplacedIsRefused() {
        bench.settle();
        RunDriver old = bench.driver();
        bench.takeOver();

        assertThatThrownBy(old::tick).isInstanceOf(StaleFenceException.class);
    }

    @Test
    void aTrainerThatIsAheadOfTheLedgerFailsTheRun() {
        bench.settle();
        bench.onTrain = () -> {
            throw PreconditionException.wrongVersion(DriverBench.version(5), DriverBench.version(0));
        };
        IntStream.range(0, DriverBench.SLOTS).forEach(slot -> bench.closes(slot, 1));
        bench.settle();

        assertThat(bench.run().state()).isEqualTo(RunState.FAILED);
        assertThat(bench.run().reason()).contains("version 5");
    }

    @Test
    void aCancelledRunEndsWhereverItIs() {
        bench.settle();
        bench.ledger.wish(DriverBench.RUN, Wish.CANCEL);

        assertThat(bench.settle()).isEqualTo(Tick.DONE);
        assertThat(bench.run().state()).isEqualTo(RunState.CANCELLED);
        assertThat(bench.trained).isEmpty();
    }

    @Test
    void aRunThatDoesNotFitNowWaitsInTheQueueAndOneThatNeverWillFails() {
        bench.onStart = _ -> {
            throw new CooperException(FailureReason.NO_CAPACITY, "the disk is full");
        };
        assertThat(bench.settle()).isEqualTo(Tick.WAITING);
        assertThat(bench.run().state()).isEqualTo(RunState.QUEUED);
        assertThat(bench.driver().progress().waitingFor()).isEqualTo("the disk is full");

        bench.onStart = _ -> {
            throw CooperException.badInput("policy.model", "the model is gone");
        };
        bench.settle();
        assertThat(bench.run().state()).isEqualTo(RunState.FAILED);
        assertThat(bench.run().reason()).isEqualTo("the model is gone");
    }

    @Test
    void whatATrainerWarnsOfIsToldOnce() {
        bench.settle();
        bench.onAttach = () -> DriverBench.state(0).toBuilder()
                .addWarnings("checkpoint 4 is damaged")
                .build();
        bench.onTrain = () -> {
            throw new CooperException(FailureReason.TIMEOUT, "still at work");
        };
        IntStream.range(0, DriverBench.SLOTS).forEach(slot -> bench.closes(slot, 1));
        bench.settle();
        bench.settle();

        assertThat(bench.ledger.events(DriverBench.RUN, 0, 1000))
                .filteredOn(event -> event.type().equals("TrainerWarned"))
                .singleElement()
                .satisfies(event -> assertThat(event.data())
                        .containsEntry("model", "policy")
                        .containsEntry("warnings", List.of("checkpoint 4 is damaged")));
    }
}
