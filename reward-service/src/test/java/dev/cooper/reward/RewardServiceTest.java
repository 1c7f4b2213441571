package dev.cooper.reward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.GroupMessage;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.testing.TestingBroker;
import dev.cooper.platform.testing.TestingGroups;
import dev.cooper.platform.testing.TestingLog;
import dev.cooper.proto.v1.GroupId;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.Purpose;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.Verdict;
import dev.cooper.proto.v1.VerdictKind;
import dev.cooper.proto.v1.Verdicts;
import dev.cooper.proto.v1.VerifiedGroup;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The service on a real broker. */
class RewardServiceTest {

    @Test
    void trainingGroupsAreClosedAndEvaluationsPassedOver() throws Exception {
        String bootstrapServers = TestingBroker.shared().bootstrapServers();
        try (ConfigurableApplicationContext service = new SpringApplicationBuilder(RewardApplication.class)
                        .run(
                                "--spring.config.name=reward-service",
                                "--cooper.kafka.bootstrap-servers=" + bootstrapServers,
                                "--cooper.topic-prefix=reward-test",
                                "--server.port=0");
                TestingLog log = new TestingLog(bootstrapServers, "reward-test")) {
            assertThat(service.isRunning()).isTrue();
            log.post(TestingGroups.control(1).build());
            GroupId evaluation = TestingGroups.group(0, 1).toBuilder()
                    .setPurpose(Purpose.EVALUATION)
                    .build();
            log.send(GroupMessage.VERIFIED.record(verified(evaluation, Mode.RULE)));
            VerifiedGroup rule = verified(TestingGroups.group(0, 1), Mode.RULE);
            log.send(GroupMessage.VERIFIED.record(rule));
            log.send(GroupMessage.VERIFIED.record(verified(TestingGroups.group(1, 1), Mode.STATIC)));

            List<LogRecord> scored = log.read(Topic.SCORED, 2);

            assertThat(scored).hasSize(2);
            for (LogRecord record : scored) {
                ScoredGroup group = ScoredGroup.parseFrom(record.value());
                if (GroupHeaders.parse(record.headers()).slot() == 0) {
                    assertThat(group.getVerified()).isEqualTo(rule);
                    assertThat(group.hasScores()).isTrue();
                } else {
                    assertThat(record.headers()).containsEntry("cooper-failure", "BAD_INPUT");
                    assertThat(group.getFailure().getStage()).isEqualTo("scoring");
                }
            }
        }
    }

    private static VerifiedGroup verified(GroupId group, Mode mode) {
        var rollouts = TestingGroups.rollouts(group, "\\boxed{42}").toBuilder();
        rollouts.getRequestBuilder().setMode(mode);
        return VerifiedGroup.newBuilder()
                .setRollouts(rollouts)
                .setVerdicts(
                        Verdicts.newBuilder().addVerdicts(Verdict.newBuilder().setKind(VerdictKind.CORRECT)))
                .build();
    }
}
