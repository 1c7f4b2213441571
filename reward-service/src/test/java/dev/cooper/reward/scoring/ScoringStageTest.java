package dev.cooper.reward.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cooper.platform.control.ControlBoard;
import dev.cooper.platform.line.Admission;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.testing.TestingGroups;
import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.GroupId;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.Purpose;
import dev.cooper.proto.v1.Score;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.ScoringSettings;
import dev.cooper.proto.v1.Verdict;
import dev.cooper.proto.v1.VerdictKind;
import dev.cooper.proto.v1.VerifiedGroup;
import dev.cooper.reward.TestingRewards;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScoringStageTest {

    /** Question and reference with their spaces, before a completion. */
    private static final int BEFORE = "w2 w3 w4 ".length();

    private static final int BUDGET = 60;

    private final ControlBoard board = new ControlBoard();
    private final TestingWork work = new TestingWork(board);
    private final TestingEngine engine = new TestingEngine();
    private final List<Long> observed = new ArrayList<>();
    private final ScoringStage stage = new ScoringStage(
            work,
            engine,
            BUDGET,
            Clock.systemUTC(),
            (groups, texts, tokens, _) -> observed.addAll(List.of((long) groups, (long) texts, tokens)));

    ScoringStageTest() {
        control(3);
    }

    @Test
    void modeRuleClosesTheLineWithoutScoresAndWithoutAModel() throws Exception {
        VerifiedGroup group = verified(0, Mode.RULE, 0, "a");
        work.waiting.add(group);

        assertThat(runOnce()).isTrue();

        ScoredGroup scored = work.sent.getFirst();
        assertThat(scored.getVerified()).isEqualTo(group);
        assertThat(scored.hasScores()).isTrue();
        assertThat(scored.getScores().getScoresCount()).isZero();
        assertThat(scored.getScores().hasReward()).isFalse();
        assertThat(engine.versions).isEmpty();
        assertThat(stage.taken()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"STATIC", "COOPER"})
    void everyCompletionIsScoredWhateverItsVerdict(Mode mode) throws Exception {
        VerifiedGroup.Builder group = verified(0, mode, 4, "a", "bb", "ccc", "dddd").toBuilder();
        VerdictKind[] kinds = {VerdictKind.CORRECT, VerdictKind.INCORRECT, VerdictKind.UNDECIDED, VerdictKind.UNSCORABLE
        };
        for (int i = 0; i < kinds.length; i++) {
            group.getVerdictsBuilder().setVerdicts(i, Verdict.newBuilder().setKind(kinds[i]));
        }
        work.waiting.add(group.build());

        runOnce();

        ScoredGroup scored = work.sent.getFirst();
        assertThat(scored.getVerified()).isEqualTo(group.build());
        assertThat(scored.getScores().getReward().getNumber()).isEqualTo(4);
        assertThat(scored.getScores().getScoresList())
                .extracting(Score::getLogit)
                .containsExactly(BEFORE + 1.0, BEFORE + 2.0, BEFORE + 3.0, BEFORE + 4.0);
        assertThat(scored.getScores().getScores(0).getScore())
                .isCloseTo(1 / (1 + Math.exp(-BEFORE - 1)), within(1e-12));
        assertThat(scored.getScores().getReport().getStartedAtMs()).isPositive();
        assertThat(scored.getScores().getReport().getFinishedAtMs())
                .isGreaterThanOrEqualTo(scored.getScores().getReport().getStartedAtMs());
        assertThat(observed).containsExactly(1L, 4L, 4L * BEFORE + 10);
    }

    @Test
    void groupsAreScoredTogetherUpToTheBudget() throws Exception {
        for (int slot = 0; slot < 5; slot++) {
            work.waiting.add(verified(slot, Mode.STATIC, 4, "a", "b")); // 2 · 10 tokens each
        }

        while (runOnce()) {}

        assertThat(engine.batches).containsExactly(6, 4);
        assertThat(work.sentBySlot())
                .hasSize(5)
                .allSatisfy(
                        group -> assertThat(group.getScores().getScoresCount()).isEqualTo(2));
        assertThat(stage.taken()).isZero();
    }

    @Test
    void aGroupAboveTheBudgetIsScoredAlone() throws Exception {
        work.waiting.add(verified(0, Mode.STATIC, 4, "a".repeat(80)));
        work.waiting.add(verified(1, Mode.STATIC, 4, "a"));

        while (runOnce()) {}

        assertThat(engine.batches).containsExactly(1, 1);
        assertThat(work.sent).hasSize(2);
    }

    @Test
    void deterministicSamplingScoresEachGroupAlone() throws Exception {
        for (int slot = 0; slot < 3; slot++) {
            VerifiedGroup.Builder group = verified(slot, Mode.COOPER, 4, "a").toBuilder();
            group.getRolloutsBuilder().getRequestBuilder().getSamplingBuilder().setDeterministic(true);
            work.waiting.add(group.build());
        }

        while (runOnce()) {}

        assertThat(engine.batches).containsExactly(1, 1, 1);
    }

    @Test
    void theWantedVersionIsLoadedAndOnlyAFailedLoadClosesItsGroups() throws Exception {
        engine.damaged = 5;
        work.waiting.add(verified(0, Mode.COOPER, 4, "a"));
        work.waiting.add(verified(1, Mode.COOPER, 5, "a"));
        work.waiting.add(verified(2, Mode.COOPER, 6, "a"));

        while (runOnce()) {}

        assertThat(engine.versions).containsExactly(4L, 6L);
        assertThat(work.sentBySlot())
                .extracting(ScoredGroup::getFailure)
                .extracting(Failure::getReason)
                .containsExactly(
                        FailureReason.FAILURE_REASON_UNSPECIFIED,
                        FailureReason.MODEL_FAULT,
                        FailureReason.FAILURE_REASON_UNSPECIFIED);
    }

    @Test
    void aScoreThatIsNoNumberFailsItsGroupOnly() throws Exception {
        engine.poison = BEFORE + 3;
        work.waiting.add(verified(0, Mode.COOPER, 4, "a", "bbb"));
        work.waiting.add(verified(1, Mode.COOPER, 4, "a"));

        runOnce();

        assertThat(engine.batches).containsExactly(3);
        Failure failure = work.sentBySlot().get(0).getFailure();
        assertThat(failure.getReason()).isEqualTo(FailureReason.MODEL_FAULT);
        assertThat(failure.getDetail()).contains("version 4").contains("NaN").contains("completion 1");
        assertThat(failure.getStage()).isEqualTo("scoring");
        assertThat(work.sentBySlot().get(1).hasScores()).isTrue();
    }

    @Test
    void aTextThatIsTooLongFailsItsGroupOnly() throws Exception {
        work.waiting.add(verified(0, Mode.COOPER, 4, "a".repeat(TestingEngine.POSITIONS)));
        work.waiting.add(verified(1, Mode.COOPER, 4, "a"));

        runOnce();

        assertThat(work.sentBySlot().get(0).getFailure().getReason()).isEqualTo(FailureReason.BAD_INPUT);
        assertThat(work.sentBySlot().get(1).hasScores()).isTrue();
    }

    @Test
    void aFaultOfTheEngineFailsTheGroupsOfItsBatch() throws Exception {
        engine.whileScoring = () -> {
            throw new IllegalStateException("no memory");
        };
        work.waiting.add(verified(0, Mode.COOPER, 4, "a"));

        runOnce();

        assertThat(work.sent.getFirst().getFailure().getReason()).isEqualTo(FailureReason.MODEL_FAULT);
        assertThat(work.sent.getFirst().getFailure().getDetail()).contains("no memory");
    }

    @Test
    void requestsThatCannotBeScoredSayWhy() throws Exception {
        VerifiedGroup.Builder noVersion = verified(0, Mode.STATIC, 4, "a").toBuilder();
        noVersion.getRolloutsBuilder().getRequestBuilder().clearReward();
        VerifiedGroup.Builder badTemplate = verified(1, Mode.STATIC, 4, "a").toBuilder();
        badTemplate
                .getRolloutsBuilder()
                .getRequestBuilder()
                .setScoring(ScoringSettings.newBuilder().setTemplate("{{answer}}"));
        work.waiting.add(noVersion.build());
        work.waiting.add(badTemplate.build());
        work.waiting.add(verified(2, Mode.MODE_UNSPECIFIED, 4, "a"));
        work.waiting.add(verified(3, Mode.STATIC, 4));
        work.waiting.add(
                verified(4, Mode.STATIC, 4, "a").toBuilder().clearVerdicts().build());

        while (runOnce()) {}

        assertThat(work.sentBySlot())
                .extracting(group -> group.getFailure().getReason())
                .containsOnly(FailureReason.BAD_INPUT);
        List<String> details = work.sentBySlot().stream()
                .map(group -> group.getFailure().getDetail())
                .toList();
        assertThat(details.get(0)).contains("names no reward version");
        assertThat(details.get(1)).contains("{{answer}}");
        assertThat(details.get(2)).contains("no mode");
        assertThat(details.get(3)).contains("no completions");
        assertThat(details.get(4)).contains("neither verdicts nor a failure");
    }

    @Test
    void failedGroupsArePassedAlong() throws Exception {
        Failure failure = Failure.newBuilder()
                .setReason(FailureReason.TIMEOUT)
                .setStage("sampling")
                .build();
        work.waiting.add(
                verified(0, Mode.COOPER, 4, "a").toBuilder().setFailure(failure).build());

        runOnce();

        assertThat(work.passedAlong).extracting(ScoredGroup::getFailure).containsExactly(failure);
        assertThat(work.sent).isEmpty();
        assertThat(engine.versions).isEmpty();
    }

    @Test
    void evaluationsAreNotItsBusiness() {
        ScoringAdmission admission = new ScoringAdmission(board);
        GroupId training = TestingGroups.group(0, 1);
        GroupId evaluation = training.toBuilder().setPurpose(Purpose.EVALUATION).build();

        assertThat(admission.concerns(GroupHeaders.of(training))).isTrue();
        assertThat(admission.concerns(GroupHeaders.of(evaluation))).isFalse();
        assertThat(admission.admit(GroupHeaders.of(training))).isEqualTo(Admission.CURRENT);
    }

    @Test
    void whatBecomesStaleWhileItIsScoredIsDropped() throws Exception {
        work.waiting.add(verified(0, Mode.COOPER, 4, "a"));
        work.waiting.add(verified(1, Mode.COOPER, 4, "a"));
        engine.whileScoring = () -> control(4);

        runOnce();

        assertThat(work.sent).isEmpty();
        assertThat(work.dropped).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void aGroupThatCouldNotBeSentStaysAndIsScoredAgain() throws Exception {
        work.waiting.add(verified(0, Mode.COOPER, 4, "a"));
        work.beforeSend = () -> {
            throw new IllegalStateException("the log is away");
        };

        assertThatThrownBy(this::runOnce).hasMessageContaining("the log is away");
        assertThat(stage.taken()).isOne();
        work.beforeSend = () -> {};
        runOnce();

        assertThat(engine.batches).containsExactly(1, 1);
        assertThat(work.sent).hasSize(1);
        assertThat(stage.taken()).isZero();
    }

    private boolean runOnce() throws InterruptedException {
        return stage.runOnce(Duration.ZERO);
    }

    private void control(long step) {
        board.update(TestingGroups.control(1).setStep(step).build());
    }

    private static VerifiedGroup verified(int slot, Mode mode, long version, String... completions) {
        GroupId group = TestingGroups.group(slot, 1);
        return TestingRewards.verified(
                group, mode, ModelRef.newBuilder().setNumber(version).build(), completions);
    }
}
