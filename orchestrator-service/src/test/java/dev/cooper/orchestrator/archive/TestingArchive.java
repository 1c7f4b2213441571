package dev.cooper.orchestrator.archive;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.cooper.orchestrator.run.ModelUpdate;
import dev.cooper.orchestrator.run.Step;
import dev.cooper.orchestrator.run.StepInstants;
import dev.cooper.orchestrator.run.StepState;
import dev.cooper.orchestrator.run.TestRuns;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.proto.v1.Completion;
import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.FinishReason;
import dev.cooper.proto.v1.GroupId;
import dev.cooper.proto.v1.NegativeSource;
import dev.cooper.proto.v1.Pair;
import dev.cooper.proto.v1.PairOutcome;
import dev.cooper.proto.v1.PairSide;
import dev.cooper.proto.v1.Problem;
import dev.cooper.proto.v1.RewriteStyle;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.Rollouts;
import dev.cooper.proto.v1.SampleRequest;
import dev.cooper.proto.v1.Score;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.Scores;
import dev.cooper.proto.v1.Verdict;
import dev.cooper.proto.v1.VerdictKind;
import dev.cooper.proto.v1.Verdicts;
import dev.cooper.proto.v1.VerifiedGroup;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Steps and records such as the archive keeps. */
public final class TestingArchive {

    private TestingArchive() {}

    public static LogRecord group(int slot, int completions, int tokens) {
        Rollouts.Builder rollouts = Rollouts.newBuilder().setPolicy(TestRuns.version(2));
        Verdicts.Builder verdicts = Verdicts.newBuilder();
        for (int sample = 0; sample < completions; sample++) {
            rollouts.addCompletions(Completion.newBuilder()
                    .setText("It's \\boxed{" + sample + "} ✓\n")
                    .addAllTokenIds(IntStream.range(0, tokens).boxed().toList())
                    .addAllLogProbs(
                            IntStream.range(0, tokens).mapToObj(i -> -0.1f * i).toList())
                    .setFinishReason(FinishReason.STOP));
            verdicts.addVerdicts(Verdict.newBuilder()
                    .setKind(sample == 0 ? VerdictKind.CORRECT : VerdictKind.INCORRECT)
                    .setReason(sample == 0 ? "" : "DIFFERENT")
                    .setExtractedAnswer(Integer.toString(sample))
                    .setExplanation("boxed"));
        }
        VerifiedGroup verified = VerifiedGroup.newBuilder()
                .setRollouts(request(slot).setRollouts(rollouts))
                .setVerdicts(verdicts)
                .build();
        return record(
                slot,
                ScoredGroup.newBuilder()
                        .setVerified(verified)
                        .setScores(Scores.getDefaultInstance())
                        .build());
    }

    public static LogRecord failed(int slot) {
        return record(
                slot,
                ScoredGroup.newBuilder()
                        .setVerified(VerifiedGroup.newBuilder().setRollouts(request(slot)))
                        .setFailure(Failure.newBuilder()
                                .setReason(FailureReason.TIMEOUT)
                                .setDetail("late"))
                        .build());
    }

    public static RolloutGroup.Builder request(int slot) {
        return RolloutGroup.newBuilder()
                .setRequest(SampleRequest.newBuilder()
                        .setGroup(GroupId.newBuilder().setSlot(slot))
                        .setProblem(Problem.newBuilder()
                                .setId("p" + slot)
                                .setQuestion("How many?")
                                .setReferenceAnswer("#### 0")
                                .setPrompt("How many?\n")));
    }

    public static LogRecord record(int slot, ScoredGroup group) {
        return new LogRecord(
                Topic.SCORED, slot % 4, 100L + slot, "r1/" + slot, Map.of("cooper-run", "r1"), group.toByteArray());
    }

    public static Step step(long number, Optional<ModelUpdate> reward) {
        ModelUpdate policy = new ModelUpdate(
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                TestRuns.version(2),
                Optional.of(TestRuns.version(3)),
                "batch");
        return new Step(
                "r1",
                number,
                StepState.COMMITTED,
                policy,
                reward,
                Map.of(),
                new StepInstants(
                        TestRuns.CREATED,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(TestRuns.CREATED)));
    }

    /** A step of mode cooper, with why these slots have no pair. */
    public static Step paired(long number, Map<Integer, String> none) {
        return step(
                number,
                Optional.of(new ModelUpdate(
                        Optional.empty(),
                        none,
                        Optional.empty(),
                        TestRuns.version(7),
                        Optional.of(TestRuns.version(8)),
                        "pair batch")));
    }

    public static LogRecord scored(int slot) {
        LogRecord plain = group(slot, 2, 3);
        try {
            ScoredGroup group = ScoredGroup.parseFrom(plain.value());
            Scores scores = Scores.newBuilder()
                    .setReward(TestRuns.version(7))
                    .addScores(Score.newBuilder().setLogit(1.5).setScore(0.8175744761936437))
                    .addScores(Score.newBuilder().setLogit(-2).setScore(0.11920292202211755))
                    .build();
            return record(slot, group.toBuilder().setScores(scores).build());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    public static LogRecord pair(int slot) {
        PairOutcome outcome = PairOutcome.newBuilder()
                .setGroup(GroupId.newBuilder().setSlot(slot))
                .setPair(Pair.newBuilder()
                        .setPositive(PairSide.newBuilder()
                                .setText("good")
                                .setSample(1)
                                .setVerdict(Verdict.newBuilder()
                                        .setKind(VerdictKind.CORRECT)
                                        .setExtractedAnswer("4")
                                        .setExplanation("equal")))
                        .setNegative(PairSide.newBuilder()
                                .setText("bad")
                                .setSample(-1)
                                .setVerdict(Verdict.newBuilder()
                                        .setKind(VerdictKind.INCORRECT)
                                        .setReason("DIFFERENT")
                                        .setExtractedAnswer("5")))
                        .setSource(NegativeSource.ASSISTANT)
                        .setStyle(RewriteStyle.MINIMAL)
                        .setAttempts(2)
                        .setAssistant("embedded 0 c0"))
                .build();
        return new LogRecord(
                Topic.PAIRS, slot % 4, 100L + slot, "r1/" + slot, Map.of("cooper-run", "r1"), outcome.toByteArray());
    }
}
