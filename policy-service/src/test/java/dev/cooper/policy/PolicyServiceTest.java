package dev.cooper.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.modelruntime.service.WorkerLifecycle;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.failure.FailureStatus;
import dev.cooper.platform.failure.PreconditionException;
import dev.cooper.platform.kafka.KafkaClients;
import dev.cooper.platform.kafka.KafkaRecordSink;
import dev.cooper.platform.kafka.KafkaRecords;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.GroupMessage;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.RecordSeal;
import dev.cooper.platform.line.RecordSink;
import dev.cooper.platform.line.Sha256;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.platform.rpc.Channels;
import dev.cooper.platform.testing.TestingSecrets;
import dev.cooper.proto.v1.AdoptRequest;
import dev.cooper.proto.v1.AttachRequest;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.GroupId;
import dev.cooper.proto.v1.GrpoSettings;
import dev.cooper.proto.v1.Manifest;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.Problem;
import dev.cooper.proto.v1.Purpose;
import dev.cooper.proto.v1.RecordRef;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.RunControl;
import dev.cooper.proto.v1.RunState;
import dev.cooper.proto.v1.SampleRequest;
import dev.cooper.proto.v1.SamplingSettings;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.Scores;
import dev.cooper.proto.v1.TrainRequest;
import dev.cooper.proto.v1.TrainResult;
import dev.cooper.proto.v1.TrainerGrpc;
import dev.cooper.proto.v1.TrainerState;
import dev.cooper.proto.v1.TrainingSettings;
import dev.cooper.proto.v1.Verdict;
import dev.cooper.proto.v1.VerdictKind;
import dev.cooper.proto.v1.Verdicts;
import dev.cooper.proto.v1.VerifiedGroup;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** The whole service on a real broker, with a tiny random policy. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicyServiceTest {

    private static final int PARTITIONS = 2;
    private static final String RUN = "run-1";
    private static final EmbeddedKafkaKraftBroker BROKER = new EmbeddedKafkaKraftBroker(1, PARTITIONS);

    @TempDir
    static Path folder;

    private static String initialModel = "";

    private ConfigurableApplicationContext service;
    private ManagedChannel channel;

    @BeforeAll
    void startBrokerAndService() throws IOException {
        BROKER.afterPropertiesSet();
        initialModel = TestingPolicies.write(folder.resolve("initial"), 7).toString();
        service = startService();
        channel = open(service);
    }

    @AfterAll
    void stopServiceAndBroker() {
        stop();
        BROKER.destroy();
    }

    private void start(String... properties) {
        service = startService(properties);
        channel = open(service);
    }

    private void stop() {
        channel.shutdownNow();
        service.close();
    }

    @Test
    void promptsBecomeRolloutsThatTrainThePolicyAndAgainInATrainerStartedAfterwards() throws Exception {
        ModelRef initial = trainer().attach(attach()).getVersion();
        RecordSink log = service.getBean(RecordSink.class);
        log.send(control());
        log.send(new OutgoingRecord(Topic.PROMPTS, false, "poison", Map.of(), new byte[] {7}));
        for (int slot = 0; slot < 4; slot++) {
            log.send(GroupMessage.REQUEST.record(request(slot, initial)));
        }

        List<RolloutGroup> rollouts = new ArrayList<>();
        for (LogRecord record : read("cooper.rollouts", 4)) {
            rollouts.add(RolloutGroup.parseFrom(record.value()));
        }
        assertThat(rollouts).allSatisfy(group -> {
            assertThat(group.getRollouts().getCompletionsList()).hasSize(4);
            assertThat(group.getRollouts().getPolicy()).isEqualTo(initial);
        });
        LogRecord letter = read("cooper.prompts.dlq", 1).getFirst();
        assertThat(letter.headers().get("cooper-error")).contains("cooper-run");
        assertThat(service.getBean(MeterRegistry.class)
                        .get("cooper.dead.letters")
                        .tag("topic", "prompts")
                        .counter()
                        .count())
                .isEqualTo(1);

        for (RolloutGroup group : rollouts) {
            log.send(GroupMessage.SCORED.record(scored(group)));
        }
        TrainRequest request = train(initial, read("cooper.scored", 4));
        TrainResult result = trainer().train(request);
        assertThat(result.getUpdated()).isTrue();
        assertThat(result.getVersion().getNumber()).isOne();
        assertThat(result.getMetricsMap())
                .containsEntry("groups_used", 4.0)
                .containsEntry("reward_mean", 0.25)
                .containsKeys("loss", "entropy", "seconds_reading", "seconds_training", "seconds_publishing");
        // The trainer sees the sampler's distribution, up to rounding.
        assertThat(result.getMetricsOrThrow("mismatch_max")).isLessThan(1e-3);

        stop();
        start("cooper.roles=trainer");
        assertThat(service.getBeansOfType(WorkerLifecycle.class)).isEmpty();
        assertThat(trainer().attach(attach()).getVersion()).isEqualTo(initial);
        TrainResult replayed = trainer()
                .train(request.toBuilder()
                        .setExpectedChecksum(result.getVersion().getChecksum())
                        .build());
        assertThat(replayed.getVersion()).isEqualTo(result.getVersion());
        assertThat(replayed.getBatchSha256()).isEqualTo(result.getBatchSha256());

        forge(GroupMessage.SCORED.record(scored(rollouts.getFirst())));
        LogRecord forged = read("cooper.scored", 5).stream()
                .filter(record -> !record.headers().containsKey(RecordSeal.HEADER))
                .findFirst()
                .orElseThrow();
        TrainRequest.Builder second =
                train(result.getVersion(), List.of(forged)).toBuilder().setStep(2);
        second.getManifestBuilder().setStep(2);
        assertThat(refusal(() -> trainer().train(second.build()))).hasMessageContaining("is forged");

        // The run goes back to its initial policy, as version 2.
        TrainerState back =
                trainer().attach(attach().toBuilder().setNewestAllowed(0).build());
        assertThat(back.getVersion()).isEqualTo(initial);
        AdoptRequest adopt = AdoptRequest.newBuilder()
                .setRunId(RUN)
                .setFence(1)
                .setKind(ModelKind.POLICY)
                .setHeld(initial)
                .setBecomes(initial.toBuilder().setNumber(2))
                .build();
        assertThat(trainer().adopt(adopt).getVersion()).isEqualTo(adopt.getBecomes());
        assertThat(trainer().attach(attach()).getVersion()).isEqualTo(adopt.getBecomes());
    }

    /** As somebody writes it who may write to the log and does not have the installation's key. */
    private void forge(OutgoingRecord record) {
        KafkaRecords unsigned = new KafkaRecords(service.getBean(TopicNames.class));
        try (KafkaRecordSink sink =
                new KafkaRecordSink(service.getBean(KafkaClients.class).producer("forger"), unsigned)) {
            sink.send(record);
        }
    }

    @Test
    void whoDoesNotHaveTheServicesTokenCommandsNothing() {
        ManagedChannel stranger = Channels.plain().open("policy", channel.authority());
        try {
            assertThatThrownBy(() -> TrainerGrpc.newBlockingStub(stranger).attach(attach()))
                    .hasMessageContaining("UNAUTHENTICATED")
                    .hasMessageContaining("cooper.security.service-token-file");
        } finally {
            stranger.shutdownNow();
        }
    }

    @Test
    void commandsThatCannotBeObeyedSayWhyAndWhatToDo() {
        AttachRequest nowhere = attach().toBuilder()
                .setRunId("run-2")
                .setInitialModel("/nowhere/model")
                .build();
        CooperException missing = refusal(() -> trainer().attach(nowhere));
        assertThat(missing.reason()).isEqualTo(FailureReason.BAD_INPUT);
        assertThat(missing).hasMessageContaining("/nowhere/model").hasMessageContaining("Hugging Face layout");
        assertThat(missing.field()).contains("policy.model");

        CooperException unattached = refusal(() ->
                trainer().train(TrainRequest.newBuilder().setRunId("run-3").build()));
        assertThat(unattached).isInstanceOf(PreconditionException.class).hasMessageContaining("attach run 'run-3'");
    }

    @Test
    void anUnknownRoleIsRefused() {
        assertThatThrownBy(() -> startService("cooper.roles=painter").close())
                .hasStackTraceContaining("sampler and trainer")
                .hasStackTraceContaining("painter");
    }

    private static ConfigurableApplicationContext startService(String... more) {
        List<String> properties = new ArrayList<>(List.of(
                "spring.config.name=policy-service",
                "cooper.kafka.bootstrap-servers=" + BROKER.getBrokersAsString(),
                "cooper.kafka.partitions=" + PARTITIONS,
                "cooper.storage-root=" + folder.resolve("storage"),
                "cooper.instance=policy-0",
                "server.port=0",
                "spring.grpc.server.port=0"));
        properties.addAll(TestingSecrets.settings());
        properties.addAll(List.of(more));
        return new SpringApplicationBuilder(PolicyApplication.class)
                .properties(properties.toArray(String[]::new))
                .run(properties.stream().map(property -> "--" + property).toArray(String[]::new));
    }

    private static ManagedChannel open(ConfigurableApplicationContext service) {
        String port = service.getEnvironment().getRequiredProperty("local.grpc.server.port");
        return TestingSecrets.channels().open("policy", "127.0.0.1:" + port);
    }

    private TrainerGrpc.TrainerBlockingStub trainer() {
        return TrainerGrpc.newBlockingStub(channel);
    }

    private static CooperException refusal(Runnable call) {
        try {
            call.run();
        } catch (StatusRuntimeException e) {
            return FailureStatus.fromStatus(e);
        }
        throw new AssertionError("the call was not refused");
    }

    private static AttachRequest attach() {
        return AttachRequest.newBuilder()
                .setRunId(RUN)
                .setFence(1)
                .setKind(ModelKind.POLICY)
                .setInitialModel(initialModel)
                .setSettings(TrainingSettings.newBuilder()
                        .setLearningRate(0.01)
                        .setCheckpointEvery(5)
                        .setKeepVersions(2)
                        .setGrpo(GrpoSettings.newBuilder()
                                .setClipLow(0.2)
                                .setClipHigh(0.2)
                                .setDivideByStd(true)))
                .build();
    }

    private static OutgoingRecord control() {
        RunControl control = RunControl.newBuilder()
                .setRunId(RUN)
                .setState(RunState.RUNNING)
                .setFence(1)
                .setStep(1)
                .setAttempt(1)
                .setPurpose(Purpose.TRAINING)
                .setMode(Mode.RULE)
                .build();
        return new OutgoingRecord(Topic.CONTROL, false, RUN, Map.of(), control.toByteArray());
    }

    private static SampleRequest request(int slot, ModelRef policy) {
        return SampleRequest.newBuilder()
                .setGroup(GroupId.newBuilder()
                        .setRunId(RUN)
                        .setStep(1)
                        .setSlot(slot)
                        .setAttempt(1)
                        .setFence(1)
                        .setPurpose(Purpose.TRAINING))
                .setProblem(Problem.newBuilder().setPrompt("w2 w3 w" + (4 + slot)))
                .setSampling(SamplingSettings.newBuilder()
                        .setGroupSize(4)
                        .setTemperature(1)
                        .setTopP(1)
                        .setMaxNewTokens(10))
                .setPolicy(policy)
                .setSeed(11)
                .setMode(Mode.RULE)
                .build();
    }

    /** The first completion of each group is right. */
    private static ScoredGroup scored(RolloutGroup group) {
        Verdicts.Builder verdicts = Verdicts.newBuilder();
        IntStream.range(0, group.getRollouts().getCompletionsCount())
                .mapToObj(sample -> sample == 0 ? VerdictKind.CORRECT : VerdictKind.INCORRECT)
                .forEach(kind -> verdicts.addVerdicts(Verdict.newBuilder().setKind(kind)));
        return ScoredGroup.newBuilder()
                .setVerified(VerifiedGroup.newBuilder().setRollouts(group).setVerdicts(verdicts))
                .setScores(Scores.getDefaultInstance())
                .build();
    }

    private static TrainRequest train(ModelRef base, List<LogRecord> records) {
        Manifest.Builder manifest =
                Manifest.newBuilder().setRunId(RUN).setStep(1).setKind(ModelKind.POLICY);
        for (LogRecord record : records) {
            manifest.addRecords(RecordRef.newBuilder()
                    .setSlot(GroupHeaders.parse(record.headers()).slot())
                    .setTopic("cooper.scored")
                    .setPartition(record.partition())
                    .setOffset(record.offset())
                    .setSha256(Sha256.hex(record.value())));
        }
        return TrainRequest.newBuilder()
                .setRunId(RUN)
                .setFence(1)
                .setStep(1)
                .setBase(base)
                .setManifest(manifest)
                .build();
    }

    private List<LogRecord> read(String topic, int count) {
        List<LogRecord> records = new ArrayList<>();
        KafkaRecords reading = new KafkaRecords(service.getBean(TopicNames.class));
        try (KafkaConsumer<byte[], byte[]> consumer =
                service.getBean(KafkaClients.class).reader("test")) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (records.size() < count && System.nanoTime() < deadline) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    records.add(line(reading, topic, record));
                }
            }
        }
        assertThat(records).as("records of %s", topic).hasSize(count);
        return records;
    }

    /** Dead letters are no records of the line; they are read as those they were. */
    private static LogRecord line(KafkaRecords reading, String topic, ConsumerRecord<byte[], byte[]> record) {
        if (!topic.endsWith(".dlq")) {
            return reading.read(record);
        }
        ConsumerRecord<byte[], byte[]> was = new ConsumerRecord<>(
                topic.substring(0, topic.length() - ".dlq".length()),
                record.partition(),
                record.offset(),
                record.key(),
                record.value());
        record.headers().forEach(was.headers()::add);
        return reading.read(was);
    }
}
