package dev.cooper.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.cooper.orchestrator.spec.RunSpec;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.Pair;
import dev.cooper.proto.v1.RecordRef;
import dev.cooper.proto.v1.RunControl;
import dev.cooper.proto.v1.SampleRequest;
import dev.cooper.proto.v1.VerdictKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Steps in modes static and cooper. */
class RewardStepTest {

    private final DriverBench bench = DriverBench.cooper(1);

    /** To the state in which the step waits for its pairs. */
    private void groupsClose() {
        bench.settle();
        bench.onTrain = () -> {
            bench.onAttach = () -> DriverBench.state(1);
            return DriverBench.result(1);
        };
        IntStream.range(0, DriverBench.SLOTS).forEach(slot -> bench.closes(slot, 1));
        bench.settle();
    }

    private RunControl control() throws InvalidProtocolBufferException {
        OutgoingRecord last = bench.said.stream()
                .filter(record -> record.topic() == Topic.CONTROL)
                .reduce((_, later) -> later)
                .orElseThrow();
        return RunControl.parseFrom(last.value());
    }

    private List<OutgoingRecord> askedAgain() {
        return bench.said.stream()
                .filter(record -> record.topic() == Topic.SCORED)
                .toList();
    }

    @Test
    void requestsSayWhoScoresAndHowAPairIsMade() throws InvalidProtocolBufferException {
        bench.settle();
        SampleRequest request = SampleRequest.parseFrom(bench.said.stream()
                .filter(record -> record.topic() == Topic.PROMPTS)
                .findFirst()
                .orElseThrow()
                .value());

        assertThat(request.getMode()).isEqualTo(Mode.COOPER);
        assertThat(request.getReward()).isEqualTo(DriverBench.version(0));
        assertThat(request.getScoring().getCutOverCharacters()).isEqualTo(1500);
        assertThat(request.getPairing().getAssistantModel()).isEqualTo(DriverBench.version(0));
        assertThat(control().getRewardWanted()).isEqualTo(DriverBench.version(0));
    }

    @Test
    void theProbesFiguresAreThoseOfTheirStepsAndOfStepZero() {
        bench.onRewardAttach = () -> DriverBench.state(0).toBuilder()
                .putMetrics("probe_accuracy", 0.9)
                .build();
        bench.onRewardTrain = () -> DriverBench.result(1).toBuilder()
                .putMetrics("probe_accuracy", 0.8)
                .putMetrics("anchor_loss", 0.3)
                .build();
        groupsClose();
        IntStream.range(0, DriverBench.SLOTS).forEach(slot -> bench.pairs(slot, 1));
        bench.settle();

        assertThat(bench.ledger.step(DriverBench.RUN, 0).orElseThrow().metrics())
                .containsExactly(Map.entry("probe_accuracy", 0.9));
        assertThat(bench.ledger.step(DriverBench.RUN, 1).orElseThrow().metrics())
                .containsEntry("probe_accuracy", 0.8)
                .containsEntry("reward_anchor_loss", 0.3);
    }

    @Test
    void anUpdateThatTheTrainerHasUndoneCommitsTheStepWithTheVersionBefore() {
        bench.onRewardTrain = () -> DriverBench.result(0).toBuilder()
                .setUpdated(false)
                .setRejected(true)
                .putMetrics("probe_accuracy", 0.9)
                .putMetrics("probe_rejected_accuracy", 0.5)
                .putMetrics("rejected", 1)
                .build();
        groupsClose();
        IntStream.range(0, DriverBench.SLOTS).forEach(slot -> bench.pairs(slot, 1));
        bench.settle();

        Step done = bench.ledger.step(DriverBench.RUN, 1).orElseThrow();
        assertThat(done.reward().orElseThrow().updated()).isFalse();
        assertThat(done.metrics()).containsEntry("reward_rejected", 1.0).containsEntry("probe_rejected_accuracy", 0.5);
        assertThat(bench.run().reward()).contains(DriverBench.version(0));
        assertThat(bench.events())
                .containsSubsequence("RewardRejected", "StepCommitted")
                .doesNotContain("RewardUpdated");
    }

    @Test
    void theRewardModelTrainsOnThePairsOnceThePolicyIsTrained() throws InvalidProtocolBufferException {
        groupsClose();
        assertThat(bench.step().state()).isEqualTo(StepState.PAIRING);
        assertThat(bench.run().policy()).isEqualTo(DriverBench.version(1));

        bench.pairs(2, 1);
        bench.hasNoPair(1, 1);
        bench.pairs(0, 1);
        bench.settle();

        assertThat(bench.rewardTrained.getFirst().getManifest().getKind()).isEqualTo(ModelKind.REWARD);
        assertThat(bench.rewardTrained.getFirst().getManifest().getRecordsList())
                .extracting(RecordRef::getSlot, RecordRef::getOffset)
                .containsExactly(tuple(0, 2L), tuple(2, 0L));
        Step done = bench.ledger.step(DriverBench.RUN, 1).orElseThrow();
        assertThat(done.state()).isEqualTo(StepState.COMMITTED);
        assertThat(done.reward().orElseThrow().excluded()).containsEntry(1, "NOTHING_CORRECT");
        assertThat(done.reward().orElseThrow().after()).contains(DriverBench.version(1));
        assertThat(done.metrics())
                .containsEntry("pairs", 2.0)
                .containsEntry("pairs_none", 1.0)
                .containsEntry("pairs_none_nothing_correct", 1.0)
                .containsEntry("pair_attempts_mean", 2.0)
                .containsEntry("score_mean", 0.75)
                .containsEntry("score_gap", -0.25)
                .containsEntry("reward_accuracy", 1.0)
                .containsKeys("seconds_pairing", "seconds_pairing_waited", "seconds_training_reward", "seconds_total");
        assertThat(bench.run().reward()).contains(DriverBench.version(1));
        assertThat(control().getRewardWanted()).isEqualTo(DriverBench.version(1));
        assertThat(control().getStep()).isEqualTo(2);
        assertThat(bench.said)
                .filteredOn(record -> record.topic() == Topic.MODEL_VERSIONS)
                .extracting(OutgoingRecord::key)
                .containsExactly("bench/policy", "bench/reward");
        assertThat(bench.events())
                .containsSubsequence(
                        "ManifestFrozen", "PolicyUpdated", "PairsFrozen", "RewardUpdated", "StepCommitted");
    }

    @Test
    void aStepWithoutPairsLeavesTheRewardModelAsItIs() throws InvalidProtocolBufferException {
        groupsClose();
        IntStream.range(0, DriverBench.SLOTS).forEach(slot -> bench.hasNoPair(slot, 1));
        bench.settle();

        Step done = bench.ledger.step(DriverBench.RUN, 1).orElseThrow();
        assertThat(done.state()).isEqualTo(StepState.COMMITTED);
        assertThat(done.reward().orElseThrow().after()).contains(DriverBench.version(0));
        assertThat(done.metrics()).containsEntry("pairs", 0.0).containsEntry("pairs_none_nothing_correct", 3.0);
        assertThat(bench.rewardTrained).isEmpty();
        assertThat(bench.step().number()).isEqualTo(2);
        assertThat(control().getRewardWanted()).isEqualTo(DriverBench.version(0));
    }

    @Test
    void aPairThatFailedIsAskedForAgainByItsGroupsOwnRecord() throws InvalidProtocolBufferException {
        groupsClose();
        bench.pairs(0, 1);
        bench.failsToPair(1, 1, FailureReason.NO_CAPACITY);
        bench.settle();
        assertThat(askedAgain()).as("others are on their way").isEmpty();

        bench.pairs(2, 1);
        bench.settle();
        OutgoingRecord again = askedAgain().getFirst();
        assertThat(askedAgain()).hasSize(1);
        assertThat(again.key()).isEqualTo("bench/1");
        assertThat(again.headers())
                .containsEntry("cooper-attempt", "2")
                .containsEntry("cooper-scored-as", "0/1")
                .containsEntry("cooper-fence", "1");
        assertThat(again.sha256())
                .isEqualTo(bench.step().manifest().orElseThrow().getRecords(1).getSha256());
        assertThat(control().getAttempt()).isEqualTo(2);

        bench.pairs(1, 1);
        bench.settle();
        assertThat(bench.step().state()).as("an older attempt is of no use").isEqualTo(StepState.PAIRING);
        bench.pairs(1, 2);
        bench.settle();
        assertThat(bench.rewardTrained).isNotEmpty();
    }

    @Test
    void pairsThatAreLateAreAskedForUntilTheAttemptsAreSpentAndThenTheRunPauses() {
        groupsClose();
        bench.pairs(0, 1);
        bench.settle();
        bench.now = bench.now.plus(Duration.ofMinutes(3));
        bench.settle();
        assertThat(askedAgain()).hasSize(2);

        bench.now = bench.now.plus(Duration.ofMinutes(3));
        bench.settle();
        assertThat(bench.run().state()).isEqualTo(RunState.PAUSED);
        assertThat(bench.run().reason()).contains("pairs", "groups [1, 2]", "2 attempts");

        bench.ledger.wish(DriverBench.RUN, Wish.RUN);
        bench.settle();
        bench.pairs(1, 2);
        bench.hasNoPair(2, 2);
        bench.settle();
        assertThat(bench.rewardTrained).isNotEmpty();
    }

    @Test
    void aPairThatFailedForBadInputIsLeftOutAndCounted() {
        groupsClose();
        bench.pairs(0, 1);
        bench.pairs(1, 1);
        bench.failsToPair(2, 1, FailureReason.BAD_INPUT);
        bench.settle();

        Step done = bench.ledger.step(DriverBench.RUN, 1).orElseThrow();
        assertThat(done.reward().orElseThrow().excluded()).containsEntry(2, "BAD_INPUT: as the test wants");
        assertThat(done.metrics()).containsEntry("pairs_none_bad_input", 1.0);
    }

    @Test
    void aPairOfAnotherRecordThanTheManifestsDoesNotCount() {
        groupsClose();
        bench.arrives(bench.outcome(0, 1)
                .setScored(RecordRef.newBuilder().setTopic("test.scored").setOffset(77))
                .setPair(Pair.newBuilder()
                        .setPositive(DriverBench.side("a", VerdictKind.CORRECT))
                        .setNegative(DriverBench.side("b", VerdictKind.INCORRECT)))
                .build());
        bench.pairs(1, 1);
        bench.pairs(2, 1);
        bench.settle();
        assertThat(bench.step().state()).isEqualTo(StepState.PAIRING);

        bench.pairs(0, 1);
        bench.settle();
        assertThat(bench.rewardTrained.getFirst().getManifest().getRecords(0).getOffset())
                .isEqualTo(3);
    }

    @Test
    void aPairThatTeachesNothingIsPutAside() {
        groupsClose();
        bench.arrives(bench.outcome(0, 1)
                .setPair(Pair.newBuilder()
                        .setPositive(DriverBench.side("same", VerdictKind.CORRECT))
                        .setNegative(DriverBench.side("same", VerdictKind.INCORRECT)))
                .build());
        bench.arrives(bench.outcome(1, 1)
                .setPair(Pair.newBuilder()
                        .setPositive(DriverBench.side("a", VerdictKind.CORRECT))
                        .setNegative(DriverBench.side("b", VerdictKind.UNDECIDED)))
                .build());
        bench.settle();

        assertThat(bench.said).filteredOn(OutgoingRecord::deadLetter).hasSize(2);
        assertThat(bench.step().state()).isEqualTo(StepState.PAIRING);
    }

    @Test
    void groupsWithScoresThatAreNotNumbersArePutAside() {
        bench.settle();
        bench.closes(0, 1, Double.NaN);
        bench.settle();

        assertThat(bench.said)
                .filteredOn(OutgoingRecord::deadLetter)
                .singleElement()
                .satisfies(letter -> assertThat(letter.headers())
                        .hasEntrySatisfying(
                                "cooper-error", why -> assertThat(why).contains("NaN")));
    }

    @Test
    void aTakeoverWhilePairingAsksForNothingAgainAndGivesTheTimeAnew() {
        groupsClose();
        bench.pairs(0, 1);
        bench.settle();
        bench.takeOver();
        bench.pairs(0, 1);
        bench.settle();
        assertThat(askedAgain()).isEmpty();
        assertThat(bench.step().reward().orElseThrow().dispatch().orElseThrow().fence())
                .isEqualTo(2);

        bench.now = bench.now.plus(Duration.ofMinutes(1));
        bench.settle();
        assertThat(askedAgain()).isEmpty();
        bench.pairs(1, 1);
        bench.pairs(2, 1);
        bench.settle();
        assertThat(bench.rewardTrained).isNotEmpty();
    }

    @Test
    void aRewardTrainerThatRestartedMakesItsMissingUpdatesAgain() {
        groupsClose();
        bench.onRewardTrain = () -> {
            bench.onRewardAttach = () -> DriverBench.state(1);
            return DriverBench.result(1);
        };
        IntStream.range(0, DriverBench.SLOTS).forEach(slot -> bench.pairs(slot, 1));
        bench.settle();
        assertThat(bench.step().number()).isEqualTo(2);

        bench.onTrain = () -> DriverBench.result(2);
        IntStream.range(0, DriverBench.SLOTS).forEach(slot -> bench.closes(slot, 1));
        bench.settle();
        bench.onRewardAttach = () -> DriverBench.state(0);
        IntStream.range(0, DriverBench.SLOTS).forEach(slot -> bench.pairs(slot, 1));
        bench.onRewardTrain = () -> {
            bench.onRewardAttach = () -> DriverBench.state(1);
            bench.onRewardTrain = () -> DriverBench.result(2);
            return DriverBench.result(1);
        };
        bench.settle();

        assertThat(bench.rewardTrained).hasSize(3);
        assertThat(bench.rewardTrained.get(1).getStep()).isEqualTo(1);
        assertThat(bench.rewardTrained.get(1).getExpectedChecksum()).isEqualTo("sum1");
        assertThat(bench.rewardTrained.get(2).getStep()).isEqualTo(2);
        assertThat(bench.rewardTrained.get(2).getExpectedChecksum()).isEmpty();
        assertThat(bench.events()).containsOnlyOnce("StepReplayed");
    }

    @Test
    void stepsBetweenThoseThatTrainTheRewardModelAskForNoPairs() {
        DriverBench rare = DriverBench.cooper(2);
        rare.settle();
        rare.onTrain = () -> {
            rare.onAttach = () -> DriverBench.state(1);
            return DriverBench.result(1);
        };
        IntStream.range(0, DriverBench.SLOTS).forEach(slot -> rare.closes(slot, 1));
        rare.settle();

        Step first = rare.ledger.step(DriverBench.RUN, 1).orElseThrow();
        assertThat(first.state()).isEqualTo(StepState.COMMITTED);
        assertThat(first.reward().orElseThrow().after()).contains(DriverBench.version(0));
        assertThat(rare.step().trainsReward()).isTrue();
    }

    @Test
    void modeStaticScoresAndNeverTrainsTheRewardModel() throws InvalidProtocolBufferException {
        RunSpec cooper = TestRuns.cooper(DriverBench.spec(1), 1);
        DriverBench fixed = new DriverBench(TestRuns.with(
                cooper,
                Mode.STATIC,
                cooper.reward()
                        .map(reward ->
                                new RunSpec.Reward(reward.model(), reward.scoring(), reward.every(), Optional.empty())),
                Optional.empty()));
        fixed.settle();
        SampleRequest request = SampleRequest.parseFrom(fixed.said.stream()
                .filter(record -> record.topic() == Topic.PROMPTS)
                .findFirst()
                .orElseThrow()
                .value());
        assertThat(request.getReward()).isEqualTo(DriverBench.version(0));
        assertThat(request.hasPairing()).isFalse();

        IntStream.range(0, DriverBench.SLOTS).forEach(slot -> fixed.closes(slot, 1));
        fixed.settle();
        Step first = fixed.ledger.step(DriverBench.RUN, 1).orElseThrow();
        assertThat(first.state()).isEqualTo(StepState.COMMITTED);
        assertThat(first.metrics()).containsKey("score_gap").doesNotContainKey("pairs");
        assertThat(fixed.rewardTrained).isEmpty();
    }
}
