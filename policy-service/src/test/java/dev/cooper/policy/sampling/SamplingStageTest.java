package dev.cooper.policy.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.cooper.platform.control.ControlBoard;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.DeadLetterReason;
import dev.cooper.platform.line.DropReason;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.RecordTooLargeException;
import dev.cooper.platform.line.Topic;
import dev.cooper.policy.sampling.SamplingStage.SamplerIdentity;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.GroupId;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.Problem;
import dev.cooper.proto.v1.Purpose;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.RunControl;
import dev.cooper.proto.v1.RunState;
import dev.cooper.proto.v1.SampleRequest;
import dev.cooper.proto.v1.SamplingSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SamplingStageTest {

    private static final String RUN = "run";

    private final ControlBoard board = new ControlBoard();
    private final TestingEngine engine = new TestingEngine();
    private final List<OutgoingRecord> sent = new ArrayList<>();
    private final Set<Integer> acknowledged = new HashSet<>();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.ofEpochMilli(1_000));
    private final Counts counts = new Counts();
    private Consumer<OutgoingRecord> log = sent::add;
    private long offset;
    private final SamplingStage stage = new SamplingStage(
            new SamplerIdentity("sampler-0", 8, clock(now)), board, engine, r -> log.accept(r), counts);

    @Test
    void aRequestGivesItsRolloutsAndIsAcknowledgedAfterThem() throws Exception {
        control(1, Purpose.TRAINING, 1);
        log = record -> {
            assertThat(acknowledged).isEmpty();
            sent.add(record);
        };
        accept(request(0, 1));

        assertThat(stage.runOnce()).isTrue();

        RolloutGroup group = onlyGroup();
        assertThat(group.getRollouts().getCompletionsList()).hasSize(3);
        assertThat(group.getRollouts().getPromptTokenIdsList()).containsExactly((int) 'a', (int) 'b');
        assertThat(group.getRollouts().getPolicy().getNumber()).isEqualTo(4);
        assertThat(group.getRollouts().getReport().getInstance()).isEqualTo("sampler-0");
        assertThat(group.getRequest()).isEqualTo(request(0, 1));
        assertThat(sent.getFirst().topic()).isEqualTo(Topic.ROLLOUTS);
        assertThat(GroupHeaders.parse(sent.getFirst().headers()).slot()).isZero();
        assertThat(engine.versions).containsExactly(4L);
        assertThat(acknowledged).containsExactly(0);
        assertThat(stage.queued()).isZero();
        assertThat(counts.completed).isOne();
        assertThat(counts.tokens).isEqualTo(3);
    }

    @Test
    void groupsThatWaitTogetherAreSampledTogether() throws Exception {
        control(1, Purpose.TRAINING, 1);
        accept(request(0, 1));
        accept(request(1, 1));
        accept(change(request(2, 1), request -> request.getSamplingBuilder().setTemperature(0.5)));

        stage.runOnce();
        stage.runOnce();

        assertThat(engine.batches).containsExactly(2, 1);
        assertThat(acknowledged).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void aRequestAheadOfControlWaitsForIt() throws Exception {
        accept(request(0, 1));

        assertThat(stage.runOnce()).isFalse();
        assertThat(acknowledged).isEmpty();
        control(1, Purpose.TRAINING, 1);
        assertThat(stage.runOnce()).isTrue();
        assertThat(acknowledged).containsExactly(0);
        assertThat(sent).hasSize(1);
    }

    @Test
    void aStaleRequestIsAcknowledgedAndGivesNothing() throws Exception {
        control(1, Purpose.TRAINING, 2);
        accept(request(0, 1));

        stage.runOnce();

        assertThat(sent).isEmpty();
        assertThat(acknowledged).containsExactly(0);
        assertThat(counts.dropped).containsEntry(DropReason.STALE, 1);
    }

    @Test
    void whatBecomesStaleWhileItIsSampledIsDropped() throws Exception {
        control(1, Purpose.TRAINING, 1);
        accept(request(0, 1));
        accept(request(1, 1));
        engine.betweenPrompts = () -> control(2, Purpose.TRAINING, 1);

        stage.runOnce();

        assertThat(sent).isEmpty();
        assertThat(acknowledged).containsExactlyInAnyOrder(0, 1);
        assertThat(counts.dropped).containsEntry(DropReason.STALE, 2);
    }

    @Test
    void aCancelledSlotDoesNotStopTheOthersOfItsBatch() throws Exception {
        control(1, Purpose.TRAINING, 1);
        accept(request(0, 1));
        accept(request(1, 1));
        engine.betweenPrompts = () -> board.update(controlOf(1, Purpose.TRAINING, 1).toBuilder()
                .addCancelledSlots(0)
                .build());

        stage.runOnce();

        assertThat(onlyGroup().getRequest().getGroup().getSlot()).isOne();
        assertThat(acknowledged).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void aVersionThatDoesNotLoadFailsItsGroups() throws Exception {
        control(1, Purpose.TRAINING, 1);
        engine.broken = true;
        accept(request(0, 1));

        stage.runOnce();

        assertThat(onlyGroup().getFailure().getReason()).isEqualTo(FailureReason.MODEL_FAULT);
        assertThat(onlyGroup().getFailure().getStage()).isEqualTo("sampling");
        assertThat(onlyGroup().getFailure().getDetail()).contains("weights/run is missing");
        assertThat(GroupHeaders.parse(sent.getFirst().headers()).failure()).isEqualTo(FailureReason.MODEL_FAULT);
        assertThat(acknowledged).containsExactly(0);
    }

    @Test
    void anEngineThatBreaksWhileItSamplesFailsItsGroups() throws Exception {
        control(1, Purpose.TRAINING, 1);
        accept(request(0, 1));
        engine.betweenPrompts = () -> {
            throw new IllegalStateException("out of memory");
        };

        stage.runOnce();

        assertThat(onlyGroup().getFailure().getReason()).isEqualTo(FailureReason.MODEL_FAULT);
        assertThat(onlyGroup().getFailure().getDetail()).contains("out of memory");
    }

    @Test
    void aPromptTooLongFailsAloneInItsBatch() throws Exception {
        control(1, Purpose.TRAINING, 1);
        accept(change(request(0, 1), request -> request.getProblemBuilder().setPrompt("x".repeat(99))));
        accept(request(1, 1));

        stage.runOnce();

        assertThat(groups()).hasSize(2);
        assertThat(groups().getFirst().getFailure().getReason()).isEqualTo(FailureReason.BAD_INPUT);
        assertThat(groups().getFirst().getFailure().getDetail()).contains("99 tokens");
        assertThat(groups().getLast().hasRollouts()).isTrue();
        assertThat(counts.failed).containsEntry(FailureReason.BAD_INPUT, 1);
    }

    @Test
    void aGroupSizeOfNoneFailsNamingTheSetting() throws Exception {
        control(1, Purpose.TRAINING, 1);
        accept(change(request(0, 1), request -> request.getSamplingBuilder().setGroupSize(0)));

        stage.runOnce();

        assertThat(onlyGroup().getFailure().getDetail()).contains("sampling.group_size");
    }

    @Test
    void aGroupWhoseTimeIsOverFails() throws Exception {
        control(1, Purpose.TRAINING, 1);
        accept(request(0, 1));
        now.set(Instant.ofEpochMilli(1_501));

        stage.runOnce();

        assertThat(onlyGroup().getFailure().getReason()).isEqualTo(FailureReason.TIMEOUT);
        assertThat(engine.batches).isEmpty();
    }

    @Test
    void aGroupWhoseTimeEndsWhileItIsSampledFails() throws Exception {
        control(1, Purpose.TRAINING, 1);
        accept(request(0, 1));
        engine.betweenPrompts = () -> now.set(Instant.ofEpochMilli(1_501));

        stage.runOnce();

        assertThat(onlyGroup().getFailure().getReason()).isEqualTo(FailureReason.TIMEOUT);
        assertThat(acknowledged).containsExactly(0);
    }

    @Test
    void anUnreadableRecordGoesToTheDeadLettersAndItsGroupFails() throws Exception {
        control(1, Purpose.TRAINING, 1);
        LogRecord good = record(request(0, 1));
        LogRecord poison =
                new LogRecord(good.topic(), 0, good.offset(), good.key(), good.headers(), new byte[] {7, 7, 7});
        stage.accept(poison, () -> acknowledged.add(0));

        stage.runOnce();

        assertThat(sent).hasSize(2);
        assertThat(sent.getFirst().deadLetter()).isTrue();
        assertThat(sent.getFirst().headers()).containsKey("cooper-error");
        assertThat(RolloutGroup.parseFrom(sent.getLast().value()).getFailure().getReason())
                .isEqualTo(FailureReason.BAD_INPUT);
        assertThat(acknowledged).containsExactly(0);
        assertThat(counts.deadLettered).containsEntry(DeadLetterReason.UNREADABLE_VALUE, 1);
    }

    @Test
    void aRecordWithoutHeadersGoesToTheDeadLettersOnly() throws Exception {
        stage.accept(new LogRecord(Topic.PROMPTS, 0, 0, "", Map.of(), new byte[0]), () -> acknowledged.add(0));

        stage.runOnce();

        assertThat(sent)
                .singleElement()
                .satisfies(record -> assertThat(record.deadLetter()).isTrue());
        assertThat(acknowledged).containsExactly(0);
    }

    @Test
    void rolloutsThatTheLogRefusesAreSampledAgainAndAreTheSame() throws Exception {
        control(1, Purpose.TRAINING, 1);
        accept(request(0, 1));
        List<OutgoingRecord> refused = new ArrayList<>();
        log = record -> {
            refused.add(record);
            throw new CooperException(FailureReason.TIMEOUT, "the log did not answer");
        };
        assertThatThrownBy(stage::runOnce).hasMessageContaining("did not answer");
        assertThat(acknowledged).isEmpty();
        assertThat(stage.queued()).isOne();

        log = sent::add;
        stage.runOnce();

        assertThat(sent).isEqualTo(refused);
        assertThat(acknowledged).containsExactly(0);
    }

    @Test
    void rolloutsTooLargeForTheLogFailTheGroup() throws Exception {
        control(1, Purpose.TRAINING, 1);
        accept(request(0, 1));
        log = record -> {
            if (record.value().length > 100) {
                throw new RecordTooLargeException("record of " + record.value().length + " bytes", null);
            }
            sent.add(record);
        };

        stage.runOnce();

        assertThat(onlyGroup().getFailure().getReason()).isEqualTo(FailureReason.BAD_INPUT);
        assertThat(acknowledged).containsExactly(0);
    }

    @Test
    void noiseDependsOnSeedStepSlotSampleAndPurposeButNotOnTheAttempt() {
        SampleRequest base = request(0, 1);
        Set<Long> seeds = new HashSet<>(Noise.seeds(base));
        seeds.addAll(Noise.seeds(request(1, 1)));
        seeds.addAll(Noise.seeds(change(base, request -> request.setSeed(8))));
        seeds.addAll(
                Noise.seeds(change(base, request -> request.getGroupBuilder().setStep(2))));
        seeds.addAll(
                Noise.seeds(change(base, request -> request.getGroupBuilder().setPurpose(Purpose.EVALUATION))));

        assertThat(seeds).hasSize(15);
        assertThat(Noise.seeds(request(0, 2))).isEqualTo(Noise.seeds(base));
    }

    @Test
    void aFullQueueHoldsItsCallerUntilThereIsRoom() throws Exception {
        control(1, Purpose.TRAINING, 1);
        for (int slot = 0; slot < 8; slot++) {
            accept(request(slot, 1));
        }
        assertThat(stage.isFull()).isTrue();
        Thread caller = Thread.startVirtualThread(() -> acceptUnchecked(request(8, 1)));
        assertThat(caller.join(Duration.ofMillis(50))).isFalse();

        stage.runOnce();

        assertThat(caller.join(Duration.ofSeconds(5))).isTrue();
        assertThat(stage.queued()).isOne();
    }

    @Test
    void aClosedStageLeavesWhatItDidNotFinishUnacknowledged() throws Exception {
        control(1, Purpose.TRAINING, 1);
        accept(request(0, 1));
        accept(request(1, 1));
        engine.betweenPrompts = stage::close;

        Thread worker = Thread.startVirtualThread(() -> {
            try {
                stage.run();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(worker.join(Duration.ofSeconds(5))).isTrue();
        assertThat(acknowledged).isEmpty();
    }

    private static Clock clock(AtomicReference<Instant> now) {
        return new Clock() {
            @Override
            public Instant instant() {
                return now.get();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }

    private void control(long step, Purpose purpose, int attempt) {
        board.update(controlOf(step, purpose, attempt));
    }

    private static RunControl controlOf(long step, Purpose purpose, int attempt) {
        return RunControl.newBuilder()
                .setRunId(RUN)
                .setState(RunState.RUNNING)
                .setFence(1)
                .setStep(step)
                .setPurpose(purpose)
                .setAttempt(attempt)
                .build();
    }

    private static SampleRequest request(int slot, int attempt) {
        return SampleRequest.newBuilder()
                .setGroup(GroupId.newBuilder()
                        .setRunId(RUN)
                        .setStep(1)
                        .setSlot(slot)
                        .setAttempt(attempt)
                        .setFence(1)
                        .setPurpose(Purpose.TRAINING))
                .setProblem(Problem.newBuilder().setPrompt("ab"))
                .setSampling(SamplingSettings.newBuilder()
                        .setGroupSize(3)
                        .setTemperature(1)
                        .setTopP(1)
                        .setMaxNewTokens(4))
                .setPolicy(ModelRef.newBuilder().setNumber(4).setChecksum("c4"))
                .setSeed(7)
                .setDispatchedAtMs(1_000)
                .setTimeAllowedMs(500)
                .build();
    }

    private static SampleRequest change(SampleRequest request, Consumer<SampleRequest.Builder> change) {
        SampleRequest.Builder builder = request.toBuilder();
        change.accept(builder);
        return builder.build();
    }

    private LogRecord record(SampleRequest request) {
        GroupHeaders headers = GroupHeaders.of(request.getGroup());
        return new LogRecord(Topic.PROMPTS, 0, offset++, headers.key(), headers.toMap(), request.toByteArray());
    }

    private void accept(SampleRequest request) throws InterruptedException {
        int slot = request.getGroup().getSlot();
        stage.accept(record(request), () -> acknowledged.add(slot));
    }

    private void acceptUnchecked(SampleRequest request) {
        try {
            accept(request);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<RolloutGroup> groups() {
        return sent.stream().map(SamplingStageTest::parse).toList();
    }

    private RolloutGroup onlyGroup() {
        assertThat(sent).hasSize(1);
        return groups().getFirst();
    }

    private static RolloutGroup parse(OutgoingRecord record) {
        try {
            return RolloutGroup.parseFrom(record.value());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("what was sent cannot be read", e);
        }
    }

    private static final class Counts implements SamplingObserver {
        int completed;
        long tokens;
        final Map<FailureReason, Integer> failed = new EnumMap<>(FailureReason.class);
        final Map<DropReason, Integer> dropped = new EnumMap<>(DropReason.class);
        final Map<DeadLetterReason, Integer> deadLettered = new EnumMap<>(DeadLetterReason.class);

        @Override
        public void sampled(int completions, long count, Duration duration) {
            tokens += count;
        }

        @Override
        public void completed() {
            completed++;
        }

        @Override
        public void failed(FailureReason reason) {
            failed.merge(reason, 1, Integer::sum);
        }

        @Override
        public void dropped(DropReason reason) {
            dropped.merge(reason, 1, Integer::sum);
        }

        @Override
        public void deadLettered(DeadLetterReason reason) {
            deadLettered.merge(reason, 1, Integer::sum);
        }
    }
}
