package dev.cooper.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.cooper.modelruntime.service.WorkerLifecycle;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.failure.FailureStatus;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.GroupMessage;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.testing.TestingBroker;
import dev.cooper.platform.testing.TestingGroups;
import dev.cooper.platform.testing.TestingLog;
import dev.cooper.platform.testing.TestingSecrets;
import dev.cooper.proto.v1.AttachRequest;
import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.GroupId;
import dev.cooper.proto.v1.Manifest;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.Purpose;
import dev.cooper.proto.v1.RecordRef;
import dev.cooper.proto.v1.RunControl;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.TrainRequest;
import dev.cooper.proto.v1.TrainResult;
import dev.cooper.proto.v1.TrainerGrpc;
import dev.cooper.proto.v1.TrainingSettings;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The service on a real broker, with a tiny random reward model. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RewardServiceTest {

    private static final String PREFIX = "reward-test";
    private static final String RULE_RUN = "rule-run";
    private static final String RUN = "run-1";

    @TempDir
    static Path folder;

    private static String bootstrapServers = "";
    private static String initialModel = "";

    private Instance instance;
    private TestingLog log;

    @BeforeAll
    void startBrokerAndService() throws IOException {
        bootstrapServers = TestingBroker.shared().bootstrapServers();
        initialModel = TestingRewards.write(folder.resolve("initial"), 7).toString();
        instance = new Instance();
        log = new TestingLog(bootstrapServers, PREFIX, TestingSecrets.seal());
    }

    @AfterAll
    void stopService() {
        log.close();
        instance.close();
    }

    /** A running service and a channel to it. */
    private static final class Instance implements AutoCloseable {

        final ConfigurableApplicationContext service;
        private final ManagedChannel channel;

        Instance(String... properties) {
            service = startService(properties);
            String port = service.getEnvironment().getRequiredProperty("local.grpc.server.port");
            channel = TestingSecrets.channels().open("reward", "127.0.0.1:" + port);
        }

        TrainerGrpc.TrainerBlockingStub trainer() {
            return TrainerGrpc.newBlockingStub(channel);
        }

        @Override
        public void close() {
            channel.shutdownNow();
            service.close();
        }
    }

    @Test
    void modeRuleNeedsNoModelAndFailuresArePassedAlong() throws Exception {
        log.post(control(RULE_RUN, 3));
        GroupId evaluation =
                group(RULE_RUN, 0).toBuilder().setPurpose(Purpose.EVALUATION).build();
        ModelRef none = ModelRef.getDefaultInstance();
        log.send(GroupMessage.VERIFIED.record(TestingRewards.verified(evaluation, Mode.RULE, none, "w5")));
        var rule = TestingRewards.verified(group(RULE_RUN, 0), Mode.RULE, none, "w5");
        log.send(GroupMessage.VERIFIED.record(rule));
        Failure failure = Failure.newBuilder()
                .setReason(FailureReason.TIMEOUT)
                .setStage("sampling")
                .build();
        log.send(GroupMessage.VERIFIED.record(
                TestingRewards.verified(group(RULE_RUN, 1), Mode.RULE, none, "w5").toBuilder()
                        .setFailure(failure)
                        .build()));

        Map<Integer, ScoredGroup> scored = bySlot(log.read(Topic.SCORED, RULE_RUN, 2));

        assertThat(scored).hasSize(2);
        assertThat(scored.get(0)).isNotNull().satisfies(group -> {
            assertThat(group.getVerified()).isEqualTo(rule);
            assertThat(group.hasScores()).isTrue();
            assertThat(group.getScores().hasReward()).isFalse();
        });
        assertThat(scored.get(1))
                .isNotNull()
                .satisfies(group -> assertThat(group.getFailure()).isEqualTo(failure));
        assertThat(groups("passed_along", "timeout")).isEqualTo(1);
        assertThat(groups("dropped", "not_for_this_stage")).isEqualTo(1);
    }

    @Test
    void forgedVerdictIsNotScoredAndEndsNoGroup() throws Exception {
        String run = "forged-run";
        log.post(control(run, 3));
        var verified = TestingRewards.verified(group(run, 0), Mode.RULE, ModelRef.getDefaultInstance(), "w5");
        try (TestingLog forger = new TestingLog(bootstrapServers, PREFIX)) {
            forger.send(GroupMessage.VERIFIED.record(verified));
        }
        log.send(GroupMessage.VERIFIED.record(verified));

        assertThat(log.read(Topic.SCORED, run, 1)).hasSize(1);
        assertThat(log.readDeadLetters(Topic.VERIFIED, 1))
                .extracting(letter -> letter.headers().get("cooper-error"))
                .anySatisfy(error -> assertThat(error).startsWith("FORGED"));
    }

    @Test
    void groupsAreScoredAndPairsTrainTheModelThatScoresNextAndAgainInATrainerStartedAfterwards() throws Exception {
        ModelRef initial = instance.trainer().attach(attach(initialModel)).getVersion();
        log.post(control(RUN, 3));
        for (int slot = 0; slot < 4; slot++) {
            send(slot, initial);
        }
        Map<Integer, ScoredGroup> scored = bySlot(log.read(Topic.SCORED, RUN, 4));
        assertThat(scored.values()).hasSize(4).allSatisfy(group -> {
            assertThat(group.getScores().getReward()).isEqualTo(initial);
            assertThat(group.getScores().getScoresList())
                    .hasSize(2)
                    .allSatisfy(score -> assertThat(score.getScore()).isBetween(0.0, 1.0));
        });

        for (int slot = 0; slot < 4; slot++) {
            log.send(GroupMessage.PAIRS.record(
                    TestingRewards.pair(group(RUN, slot), "w5 w" + (6 + slot), "w5 w20 w" + slot)));
        }
        List<LogRecord> pairs = log.read(Topic.PAIRS, RUN, 4);
        TrainRequest request = train(initial, pairs);
        TrainResult result = instance.trainer().train(request);
        assertThat(result.getUpdated()).isTrue();
        assertThat(result.getVersion().getNumber()).isOne();
        assertThat(result.getMetricsMap())
                .containsEntry("pairs", 4.0)
                .containsKeys(
                        "loss",
                        "pair_accuracy",
                        "margin_mean",
                        "margin_after_mean",
                        "grad_norm",
                        "learning_rate",
                        "tokens",
                        "seconds_reading",
                        "seconds_training",
                        "seconds_publishing");

        log.post(control(RUN, 4));
        GroupId next = group(RUN, 0).toBuilder().setStep(4).build();
        log.send(GroupMessage.VERIFIED.record(
                TestingRewards.verified(next, Mode.COOPER, result.getVersion(), "w5 w6", "w7")));
        ScoredGroup later = ScoredGroup.parseFrom(log.read(Topic.SCORED, RUN, 5).stream()
                .filter(record -> GroupHeaders.parse(record.headers()).step() == 4)
                .findFirst()
                .orElseThrow()
                .value());
        assertThat(later.getScores().getReward()).isEqualTo(result.getVersion());
        assertThat(later.getScores().getScores(0))
                .isNotEqualTo(
                        scored.get(0) == null ? null : scored.get(0).getScores().getScores(0));
        assertThat(instance.service
                        .getBean(MeterRegistry.class)
                        .get("cooper.scoring.completions")
                        .counter()
                        .count())
                .isEqualTo(10);

        try (Instance other = new Instance("cooper.roles=trainer")) {
            assertThat(other.service.getBeansOfType(WorkerLifecycle.class)).isEmpty();
            assertThat(other.trainer().attach(attach(initialModel)).getVersion())
                    .isEqualTo(initial);
            TrainResult replayed = other.trainer()
                    .train(train(initial, pairs.reversed()).toBuilder()
                            .setExpectedChecksum(result.getVersion().getChecksum())
                            .build());
            assertThat(replayed.getVersion()).isEqualTo(result.getVersion());
            assertThat(replayed.getBatchSha256()).isEqualTo(result.getBatchSha256());
        }
    }

    @Test
    void aModelThatIsNoRewardModelIsRefusedWithItsFileAndTheFix() throws IOException {
        Path headless = TestingRewards.write(folder.resolve("headless"), 7);
        TestingRewards.change(headless, tensors -> tensors.remove("score.weight"));
        AttachRequest request =
                attach(headless.toString()).toBuilder().setRunId("run-2").build();
        try {
            instance.trainer().attach(request);
            throw new AssertionError("the call was not refused");
        } catch (StatusRuntimeException e) {
            CooperException refusal = FailureStatus.fromStatus(e);
            assertThat(refusal.reason()).isEqualTo(FailureReason.BAD_INPUT);
            assertThat(refusal.field()).contains("reward.model");
            assertThat(refusal).hasMessageContaining("score.weight").hasMessageContaining("make a reward model");
        }
    }

    @Test
    void anUnknownRoleIsRefused() {
        assertThatThrownBy(() -> startService("cooper.roles=sampler").close())
                .hasStackTraceContaining("scorer and trainer")
                .hasStackTraceContaining("sampler");
    }

    private double groups(String outcome, String reason) {
        return instance.service
                .getBean(MeterRegistry.class)
                .get("cooper.groups")
                .tag("stage", "scoring")
                .tag("outcome", outcome)
                .tag("reason", reason)
                .counter()
                .count();
    }

    private static ConfigurableApplicationContext startService(String... more) {
        List<String> properties = new ArrayList<>(List.of(
                "spring.config.name=reward-service",
                "cooper.kafka.bootstrap-servers=" + bootstrapServers,
                "cooper.topic-prefix=" + PREFIX,
                "cooper.storage-root=" + folder.resolve("storage"),
                "cooper.instance=reward-0",
                "server.port=0",
                "spring.grpc.server.port=0"));
        properties.addAll(TestingSecrets.settings());
        properties.addAll(List.of(more));
        return new SpringApplicationBuilder(RewardApplication.class)
                .run(properties.stream().map(property -> "--" + property).toArray(String[]::new));
    }

    private static AttachRequest attach(String model) {
        return AttachRequest.newBuilder()
                .setRunId(RUN)
                .setFence(7)
                .setKind(ModelKind.REWARD)
                .setInitialModel(model)
                .setSettings(TrainingSettings.newBuilder()
                        .setLearningRate(0.01)
                        .setWeightDecay(0.01)
                        .setCheckpointEvery(5)
                        .setKeepVersions(2)
                        .setScoring(TestingRewards.INPUT))
                .build();
    }

    private static RunControl control(String run, long step) {
        return TestingGroups.control(1).setRunId(run).setStep(step).build();
    }

    private static GroupId group(String run, int slot) {
        return TestingGroups.of(run, TestingGroups.group(slot, 1));
    }

    private void send(int slot, ModelRef reward) {
        log.send(GroupMessage.VERIFIED.record(
                TestingRewards.verified(group(RUN, slot), Mode.COOPER, reward, "w5 w6", "w7 w8 w" + (9 + slot))));
    }

    private static TrainRequest train(ModelRef base, List<LogRecord> records) {
        Manifest.Builder manifest =
                Manifest.newBuilder().setRunId(RUN).setStep(3).setKind(ModelKind.REWARD);
        for (LogRecord record : records) {
            manifest.addRecords(RecordRef.newBuilder()
                    .setSlot(GroupHeaders.parse(record.headers()).slot())
                    .setTopic(PREFIX + ".pairs")
                    .setPartition(record.partition())
                    .setOffset(record.offset())
                    .setSha256(record.sha256()));
        }
        return TrainRequest.newBuilder()
                .setRunId(RUN)
                .setFence(7)
                .setStep(3)
                .setBase(base)
                .setManifest(manifest)
                .build();
    }

    private static Map<Integer, ScoredGroup> bySlot(List<LogRecord> records) {
        return records.stream()
                .collect(Collectors.toMap(
                        record -> GroupHeaders.parse(record.headers()).slot(), RewardServiceTest::parse));
    }

    private static ScoredGroup parse(LogRecord record) {
        try {
            return ScoredGroup.parseFrom(record.value());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
