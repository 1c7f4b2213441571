package dev.cooper.policy.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.platform.control.ControlBoard;
import dev.cooper.platform.failure.CooperException;
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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SamplingStageTest {

    private static final String RUN = "run";

    private final ControlBoard board = new ControlBoard();
    private final TestingPrompts prompts = new TestingPrompts(board);
    private final TestingEngine engine = new TestingEngine();
    private final List<RolloutGroup> sent = prompts.sent;
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.ofEpochMilli(1_000));
    private long tokens;
    private final SamplingStage stage = new SamplingStage(
            new SamplerIdentity("sampler-0", clock(now)), prompts, engine, (_, count, _) -> tokens += count);

    @Test
    void aRequestGivesItsRolloutsAndIsAcknowledgedAfterThem() throws Exception {
        control(1, Purpose.TRAINING, 1);
        prompts.beforeSend = () -> assertThat(prompts.acknowledged).isEmpty();
        accept(request(0, 1));

        assertThat(runOnce()).isTrue();

        RolloutGroup group = onlyGroup();
        assertThat(group.getRollouts().getCompletionsList()).hasSize(3);
        assertThat(group.getRollouts().getPromptTokenIdsList()).containsExactly((int) 'a', (int) 'b');
        assertThat(group.getRollouts().getPolicy().getNumber()).isEqualTo(4);
        assertThat(group.getRollouts().getReport().getInstance()).isEqualTo("sampler-0");
        assertThat(group.getRequest()).isEqualTo(request(0, 1));
        assertThat(engine.versions).containsExactly(4L);
        assertThat(prompts.acknowledged).containsExactly(0);
        assertThat(stage.taken()).isZero();
        assertThat(tokens).isEqualTo(3);
    }

    @Test
    void groupsThatWaitTogetherAreSampledTogether() throws Exception {
        control(1, Purpose.TRAINING, 1);
        accept(request(0, 1));
        accept(request(1, 1));
        accept(change(request(2, 1), request -> request.getSamplingBuilder().setTemperature(0.5)));

        runOnce();
        runOnce();

        assertThat(engine.batches).containsExactly(2, 1);
        assertThat(prompts.acknowledged).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void aRequestAheadOfControlWaitsForIt() throws Exception {
        accept(request(0, 1));

        assertThat(runOnce()).isFalse();
        assertThat(prompts.acknowledged).isEmpty();
        control(1, Purpose.TRAINING, 1);
        assertThat(runOnce()).isTrue();
        assertThat(prompts.acknowledged).containsExactly(0);
        assertThat(sent).hasSize(1);
    }

    @Test
    void whatBecameStaleWhileItWaitedForItsBatchIsDropped() throws Exception {
        control(1, Purpose.TRAINING, 1);
        accept(request(0, 1));
        accept(change(request(1, 1), request -> request.getSamplingBuilder().setTemperature(0.5)));
        runOnce();
        control(1, Purpose.EVALUATION, 1);

        assertThat(runOnce()).isFalse();

        assertThat(sent).hasSize(1);
        assertThat(prompts.dropped).containsExactly(1);
        assertThat(stage.taken()).isZero();
    }

    @Test
    void whatBecomesStaleWhileItIsSampledIsDropped() throws Exception {
        control(1, Purpose.TRAINING, 1);
        accept(request(0, 1));
        accept(request(1, 1));
        engine.betweenPrompts = () -> control(2, Purpose.TRAINING, 1);

        runOnce();

        assertThat(sent).isEmpty();
        assertThat(prompts.acknowledged).containsExactlyInAnyOrder(0, 1);
        assertThat(prompts.dropped).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void aCancelledSlotDoesNotStopTheOthersOfItsBatch() throws Exception {
        control(1, Purpose.TRAINING, 1);
        accept(request(0, 1));
        accept(request(1, 1));
        engine.betweenPrompts = () -> board.update(controlOf(1, Purpose.TRAINING, 1).toBuilder()
                .addCancelledSlots(0)
                .build());

        runOnce();

        assertThat(onlyGroup().getRequest().getGroup().getSlot()).isOne();
        assertThat(prompts.acknowledged).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void aVersionThatDoesNotLoadFailsItsGroups() throws Exception {
        control(1, Purpose.TRAINING, 1);
        engine.broken = true;
        accept(request(0, 1));

        runOnce();

        assertThat(onlyGroup().getFailure().getReason()).isEqualTo(FailureReason.MODEL_FAULT);
        assertThat(onlyGroup().getFailure().getStage()).isEqualTo("sampling");
        assertThat(onlyGroup().getFailure().getDetail()).contains("weights/run is missing");
        assertThat(prompts.acknowledged).containsExactly(0);
    }

    @Test
    void anEngineThatBreaksWhileItSamplesFailsItsGroups() throws Exception {
        control(1, Purpose.TRAINING, 1);
        accept(request(0, 1));
        engine.betweenPrompts = () -> {
            throw new IllegalStateException("out of memory");
        };

        runOnce();

        assertThat(onlyGroup().getFailure().getReason()).isEqualTo(FailureReason.MODEL_FAULT);
        assertThat(onlyGroup().getFailure().getDetail()).contains("out of memory");
    }

    @Test
    void aPromptTooLongFailsAloneInItsBatch() throws Exception {
        control(1, Purpose.TRAINING, 1);
        accept(change(request(0, 1), request -> request.getProblemBuilder().setPrompt("x".repeat(99))));
        accept(request(1, 1));

        runOnce();

        assertThat(sent).hasSize(2);
        assertThat(sent.getFirst().getFailure().getReason()).isEqualTo(FailureReason.BAD_INPUT);
        assertThat(sent.getFirst().getFailure().getDetail()).contains("99 tokens");
        assertThat(sent.getLast().hasRollouts()).isTrue();
    }

    @Test
    void aGroupSizeOfNoneFailsNamingTheSetting() throws Exception {
        control(1, Purpose.TRAINING, 1);
        accept(change(request(0, 1), request -> request.getSamplingBuilder().setGroupSize(0)));

        runOnce();

        assertThat(onlyGroup().getFailure().getDetail()).contains("sampling.group_size");
    }

    @Test
    void aGroupWhoseTimeIsOverFails() throws Exception {
        control(1, Purpose.TRAINING, 1);
        accept(request(0, 1));
        now.set(Instant.ofEpochMilli(1_501));

        runOnce();

        assertThat(onlyGroup().getFailure().getReason()).isEqualTo(FailureReason.TIMEOUT);
        assertThat(engine.batches).isEmpty();
    }

    @Test
    void aGroupWhoseTimeEndsWhileItIsSampledFails() throws Exception {
        control(1, Purpose.TRAINING, 1);
        accept(request(0, 1));
        engine.betweenPrompts = () -> now.set(Instant.ofEpochMilli(1_501));

        runOnce();

        assertThat(onlyGroup().getFailure().getReason()).isEqualTo(FailureReason.TIMEOUT);
        assertThat(prompts.acknowledged).containsExactly(0);
    }

    @Test
    void aGroupThatTheLogRefusesIsSampledAgain() throws Exception {
        control(1, Purpose.TRAINING, 1);
        accept(request(0, 1));
        prompts.beforeSend = () -> {
            throw new CooperException(FailureReason.TIMEOUT, "the log did not answer");
        };
        assertThatThrownBy(this::runOnce).hasMessageContaining("did not answer");
        assertThat(prompts.acknowledged).isEmpty();
        assertThat(stage.taken()).isOne();

        prompts.beforeSend = () -> {};
        runOnce();

        assertThat(engine.batches).containsExactly(1, 1);
        assertThat(onlyGroup().hasRollouts()).isTrue();
        assertThat(prompts.acknowledged).containsExactly(0);
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
        assertThat(prompts.acknowledged).isEmpty();
    }

    @Test
    void aClosedStageFinishesItsBatchWithinTheTimeThatItHas() throws Exception {
        SamplingStage patient = patient();
        accept(request(0, 1));
        accept(request(1, 1));
        engine.betweenPrompts = patient::close;

        patient.run();

        assertThat(prompts.acknowledged).containsExactly(0, 1);
        assertThat(patient.closesWithin()).isEqualTo(Duration.ofSeconds(75));
    }

    @Test
    void aClosedStageHandsBackWhatItCouldNotFinishInTime() throws Exception {
        SamplingStage patient = patient();
        accept(request(0, 1));
        accept(request(1, 1));
        engine.betweenPrompts = () -> {
            if (prompts.acknowledged.isEmpty()) {
                patient.close();
            } else {
                now.set(now.get().plusSeconds(60));
            }
        };

        patient.run();

        assertThat(prompts.acknowledged).containsExactly(0);
        assertThat(sent).hasSize(1);
    }

    private SamplingStage patient() {
        control(1, Purpose.TRAINING, 1);
        return new SamplingStage(
                new SamplerIdentity("sampler-0", clock(now)), prompts, engine, (_, _, _) -> {}, Duration.ofSeconds(60));
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

    private void accept(SampleRequest request) {
        prompts.waiting.add(request);
    }

    private boolean runOnce() throws InterruptedException {
        return stage.runOnce(Duration.ZERO);
    }

    private RolloutGroup onlyGroup() {
        assertThat(sent).hasSize(1);
        return sent.getFirst();
    }
}
