package dev.cooper.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.failure.FailureStatus;
import dev.cooper.platform.line.GroupMessage;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.rpc.Channels;
import dev.cooper.platform.testing.TestingBroker;
import dev.cooper.platform.testing.TestingGroups;
import dev.cooper.platform.testing.TestingLog;
import dev.cooper.platform.testing.TestingSecrets;
import dev.cooper.proto.v1.AnswerPair;
import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.Purpose;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.Verdict;
import dev.cooper.proto.v1.VerdictKind;
import dev.cooper.proto.v1.VerifiedGroup;
import dev.cooper.proto.v1.VerifierGrpc;
import dev.cooper.proto.v1.VerifyBatchRequest;
import dev.cooper.proto.v1.VerifyReply;
import dev.cooper.proto.v1.VerifyRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The service on a real broker. */
class VerifierServiceTest {

    /** Of the groups that are not told another. */
    private static final String RUN = TestingGroups.group(0, 1).getRunId();

    private static ConfigurableApplicationContext service;
    private static TestingLog log;

    @BeforeAll
    static void start() {
        String bootstrapServers = TestingBroker.shared().bootstrapServers();
        List<String> settings = new ArrayList<>(List.of(
                "spring.config.name=verifier-service",
                "cooper.kafka.bootstrap-servers=" + bootstrapServers,
                "cooper.topic-prefix=verifier-test",
                "cooper.verifier.limits.request-answers=3",
                "cooper.verifier.limits.text-length=100",
                "server.port=0",
                "spring.grpc.server.port=0"));
        settings.addAll(TestingSecrets.settings());
        service = new SpringApplicationBuilder(VerifierApplication.class)
                .run(settings.stream().map(setting -> "--" + setting).toArray(String[]::new));
        log = new TestingLog(bootstrapServers, "verifier-test", TestingSecrets.seal());
    }

    @AfterAll
    static void stop() {
        log.close();
        service.close();
    }

    @Test
    void groupsLeaveAsVerdictsAsFailuresOrNotAtAll() throws Exception {
        log.post(TestingGroups.control(2).build());
        RolloutGroup answered = TestingGroups.rollouts(TestingGroups.group(0, 2), "\\boxed{42}", "\\boxed{7}");
        Failure before = Failure.newBuilder()
                .setReason(FailureReason.TIMEOUT)
                .setDetail("time allowed has passed")
                .setStage("sampling")
                .build();
        RolloutGroup failed = TestingGroups.rollouts(TestingGroups.group(1, 2)).toBuilder()
                .setFailure(before)
                .build();
        OutgoingRecord poison = GroupMessage.ROLLOUTS.record(TestingGroups.rollouts(TestingGroups.group(2, 2), "x"));

        // An older attempt: nothing may come of it.
        log.send(GroupMessage.ROLLOUTS.record(TestingGroups.rollouts(TestingGroups.group(0, 1), "\\boxed{42}")));
        log.send(GroupMessage.ROLLOUTS.record(answered));
        log.send(GroupMessage.ROLLOUTS.record(failed));
        log.send(poison, new byte[] {(byte) 0x80});
        assertThat(log.read(Topic.VERIFIED, RUN, 3)).hasSize(3);
        log.post(TestingGroups.control(1).setPurpose(Purpose.EVALUATION).build());
        var evaluation = TestingGroups.group(3, 1).toBuilder()
                .setPurpose(Purpose.EVALUATION)
                .build();
        log.send(GroupMessage.ROLLOUTS.record(TestingGroups.rollouts(evaluation, "\\boxed{42}")));

        List<LogRecord> verified = log.read(Topic.VERIFIED, RUN, 4);
        assertThat(verified).hasSize(4);
        VerifiedGroup first = ofSlot(verified, 0);
        assertThat(first.getRollouts()).isEqualTo(answered);
        assertThat(first.getVerdicts().getVerdictsList())
                .extracting(verdict -> verdict.getKind())
                .containsExactly(VerdictKind.CORRECT, VerdictKind.INCORRECT);
        assertThat(ofSlot(verified, 1).getFailure()).isEqualTo(before);
        assertThat(ofSlot(verified, 2).getFailure().getReason()).isEqualTo(FailureReason.BAD_INPUT);
        assertThat(ofSlot(verified, 3).getVerdicts().getVerdicts(0).getKind()).isEqualTo(VerdictKind.CORRECT);
        assertThat(log.readDeadLetters(Topic.ROLLOUTS, 1))
                .extracting(letter -> letter.headers().get("cooper-error"))
                .filteredOn(error -> !error.startsWith("FORGED"))
                .singleElement()
                .satisfies(error -> assertThat(error).startsWith("UNREADABLE_VALUE"));

        MeterRegistry registry = service.getBean(MeterRegistry.class);
        assertThat(registry.get("cooper.dead.letters")
                        .tag("topic", "rollouts")
                        .tag("reason", "unreadable_value")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("cooper.groups")
                        .tag("stage", "verifying")
                        .tag("outcome", "dropped")
                        .tag("reason", "stale")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void answersAreCheckedOverGrpc() {
        ManagedChannel channel = TestingSecrets.channels()
                .open("verifier", "127.0.0.1:" + service.getEnvironment().getProperty("local.grpc.server.port"));
        try {
            VerifyReply reply = VerifierGrpc.newBlockingStub(channel)
                    .verify(VerifyRequest.newBuilder()
                            .setReferenceAnswer("1/2")
                            .addCompletions("\\boxed{0.5}")
                            .addCompletions("\\boxed{2}")
                            .build());
            assertThat(reply.getVerdictsList())
                    .extracting(verdict -> verdict.getKind())
                    .containsExactly(VerdictKind.CORRECT, VerdictKind.INCORRECT);
            var stub = VerifierGrpc.newBlockingStub(channel);
            assertRefused("completions", () -> stub.verify(VerifyRequest.getDefaultInstance()));
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void aBatchHasAVerdictForEachPairWithinItsLimits() {
        ManagedChannel channel = TestingSecrets.channels()
                .open("verifier", "127.0.0.1:" + service.getEnvironment().getProperty("local.grpc.server.port"));
        try {
            var stub = VerifierGrpc.newBlockingStub(channel);
            AnswerPair right = pair("5", "\\boxed{5}").build();
            List<Verdict> verdicts = stub.verifyBatch(VerifyBatchRequest.newBuilder()
                            .addPairs(right)
                            .addPairs(pair("6", "\\boxed{5}"))
                            .addPairs(pair("5", "\\boxed{5}").setTruncated(true))
                            .build())
                    .getVerdictsList();
            assertThat(verdicts)
                    .extracting(Verdict::getKind)
                    .containsExactly(VerdictKind.CORRECT, VerdictKind.INCORRECT, VerdictKind.INCORRECT);
            assertThat(verdicts).extracting(Verdict::getReason).containsExactly("", "DIFFERENT_VALUE", "TRUNCATED");
            assertThat(verdicts.getFirst().getExplanation()).contains("BOXED at 7");

            assertRefused("pairs", () -> stub.verifyBatch(VerifyBatchRequest.getDefaultInstance()));
            assertRefused(
                    "pairs",
                    () -> stub.verifyBatch(VerifyBatchRequest.newBuilder()
                            .addAllPairs(Collections.nCopies(4, right))
                            .build()));
            assertRefused(
                    "pairs[1].completion",
                    () -> stub.verifyBatch(VerifyBatchRequest.newBuilder()
                            .addPairs(right)
                            .addPairs(pair("5", "5".repeat(101)))
                            .build()));

            MeterRegistry registry = service.getBean(MeterRegistry.class);
            assertThat(registry.get("cooper.verdicts")
                            .tag("verdict", "incorrect")
                            .tag("reason", "truncated")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("cooper.check.duration").timer().count()).isGreaterThanOrEqualTo(3);
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void whoHasNoSecretGetsNoVerdictAndAddsNoRollouts() throws Exception {
        ManagedChannel channel = Channels.plain()
                .open("verifier", "127.0.0.1:" + service.getEnvironment().getProperty("local.grpc.server.port"));
        try {
            assertThatExceptionOfType(StatusRuntimeException.class)
                    .isThrownBy(() -> VerifierGrpc.newBlockingStub(channel).verify(VerifyRequest.getDefaultInstance()))
                    .satisfies(refused ->
                            assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED));
        } finally {
            channel.shutdownNow();
        }
        String run = "forged";
        log.post(TestingGroups.control(1).setRunId(run).build());
        OutgoingRecord rollouts = GroupMessage.ROLLOUTS.record(
                TestingGroups.rollouts(TestingGroups.of(run, TestingGroups.group(0, 1)), "\\boxed{42}"));
        try (TestingLog forger = new TestingLog(TestingBroker.shared().bootstrapServers(), "verifier-test")) {
            forger.send(rollouts);
        }
        log.send(rollouts);

        assertThat(log.read(Topic.VERIFIED, run, 1)).hasSize(1);
        assertThat(service.getBean(MeterRegistry.class)
                        .get("cooper.dead.letters")
                        .tag("reason", "forged")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    private static AnswerPair.Builder pair(String reference, String completion) {
        return AnswerPair.newBuilder().setReferenceAnswer(reference).setCompletion(completion);
    }

    private static void assertRefused(String field, Runnable request) {
        assertThatExceptionOfType(StatusRuntimeException.class)
                .isThrownBy(request::run)
                .satisfies(refused -> {
                    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
                    CooperException failure = FailureStatus.fromStatus(refused);
                    assertThat(failure.reason()).isEqualTo(FailureReason.BAD_INPUT);
                    assertThat(failure.field()).contains(field);
                });
    }

    private static VerifiedGroup ofSlot(List<LogRecord> records, int slot) throws Exception {
        for (LogRecord record : records) {
            VerifiedGroup group = VerifiedGroup.parseFrom(record.value());
            if (group.getRollouts().getRequest().getGroup().getSlot() == slot) {
                return group;
            }
        }
        throw new AssertionError("no record of slot " + slot);
    }
}
