package dev.cooper.reward.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.modelruntime.storage.WeightStore;
import dev.cooper.platform.control.ControlBoard;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.testing.TestingGroups;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.Score;
import dev.cooper.proto.v1.VerifiedGroup;
import dev.cooper.reward.TestingRewards;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RewardEngineTest {

    private static final String RUN = "run-1";
    private static final int BUDGET = 400;

    @TempDir
    Path root;

    private WeightStore weights;

    @BeforeEach
    void openStore() {
        weights = TestingRewards.store(root);
    }

    @Test
    void theWantedVersionScoresWhicheverScoredBefore() throws Exception {
        ModelRef first = TestingRewards.publish(weights, RUN, 0, 1);
        ModelRef second = TestingRewards.publish(weights, RUN, 1, 2);
        try (RewardEngine engine = new RewardEngine(weights, BUDGET)) {
            engine.use(RUN, first);
            float[] before = engine.logits(List.of(engine.tokens("w5 w6")));
            engine.use(RUN, second);
            assertThat(engine.logits(List.of(engine.tokens("w5 w6")))).isNotEqualTo(before);
            engine.use(RUN, first);
            assertThat(engine.logits(List.of(engine.tokens("w5 w6")))).isEqualTo(before);
        }
    }

    @Test
    void aVersionThatDoesNotLoadIsAFaultOfTheModelThatNamesItsFolder() throws Exception {
        ModelRef version = TestingRewards.publish(weights, RUN, 0, 1);
        Path folder = weights.folder(RUN, ModelKind.REWARD, version);
        try (RewardEngine engine = new RewardEngine(weights, BUDGET)) {
            ModelRef missing = version.toBuilder().setNumber(7).build();
            assertFault(() -> engine.use(RUN, missing), "is missing");
            ModelRef other = version.toBuilder().setChecksum("00").build();
            assertFault(() -> engine.use(RUN, other), "have checksum");
            TestingRewards.change(folder, tensors -> tensors.remove("score.weight"));
            assertFault(() -> engine.use(RUN, version), "score.weight");
        }
    }

    @Test
    void aTextLongerThanTheModelReadsIsBadInput() throws Exception {
        ModelRef version = TestingRewards.publish(weights, RUN, 0, 1);
        try (RewardEngine engine = new RewardEngine(weights, BUDGET)) {
            engine.use(RUN, version);
            assertThat(engine.tokens("w5 w6")).isEqualTo(TokenIds.of(5, 6));
            assertThatThrownBy(() -> engine.tokens("w5 ".repeat(129)))
                    .isInstanceOfSatisfying(
                            CooperException.class,
                            failure -> assertThat(failure.reason()).isEqualTo(FailureReason.BAD_INPUT))
                    .hasMessageContaining("129 tokens")
                    .hasMessageContaining("128 at most");
        }
    }

    @Test
    void aDeterministicGroupHasTheSameScoresWhateverElseIsInTheQueue() throws Exception {
        ModelRef version = TestingRewards.publish(weights, RUN, 0, 1);
        VerifiedGroup group = group(0, version, true);
        List<Score> alone = scoresOfFirst(List.of(group));
        assertThat(alone).hasSize(4);

        assertThat(scoresOfFirst(List.of(group, group(1, version, true), group(2, version, true))))
                .isEqualTo(alone);
        assertThat(scoresOfFirst(List.of(group(1, version, true), group, group(3, version, true))))
                .isEqualTo(alone);

        List<Score> together =
                scoresOfFirst(List.of(group(0, version, false), group(1, version, false), group(2, version, false)));
        for (int i = 0; i < 4; i++) {
            assertThat(together.get(i).getLogit()).isCloseTo(alone.get(i).getLogit(), within(1e-4));
        }
    }

    /** Scores of slot 0, without when they were computed. */
    private List<Score> scoresOfFirst(List<VerifiedGroup> groups) throws InterruptedException {
        ControlBoard board = new ControlBoard();
        board.update(TestingGroups.control(1).build());
        TestingWork work = new TestingWork(board);
        work.waiting.addAll(groups);
        try (RewardEngine engine = new RewardEngine(weights, BUDGET)) {
            ScoringStage stage = new ScoringStage(work, engine, BUDGET, Clock.systemUTC(), (_, _, _, _) -> {});
            while (stage.runOnce(Duration.ZERO)) {}
        }
        assertThat(work.sent).hasSameSizeAs(groups);
        return work.sentBySlot().getFirst().getScores().getScoresList();
    }

    private static VerifiedGroup group(int slot, ModelRef version, boolean deterministic) {
        VerifiedGroup.Builder group = TestingRewards.verified(
                TestingGroups.group(slot, 1),
                Mode.COOPER,
                version,
                "w5 w" + (6 + slot),
                "w7 w8 w9 w10".repeat(1 + slot),
                "w11",
                "w12 w13 w14")
                .toBuilder();
        group.getRolloutsBuilder().getRequestBuilder().getSamplingBuilder().setDeterministic(deterministic);
        return group.build();
    }

    private void assertFault(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        CooperException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(FailureReason.MODEL_FAULT))
                .hasMessageContaining(root.toString())
                .hasMessageContaining(message);
    }
}
