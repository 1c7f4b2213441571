package dev.cooper.cli.replay;

import dev.cooper.languagemodel.reward.Logistic;
import dev.cooper.orchestrator.archive.ParquetStepArchive;
import dev.cooper.orchestrator.archive.TestingArchive;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.RunState;
import dev.cooper.orchestrator.run.TestRuns;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.proto.v1.Completion;
import dev.cooper.proto.v1.FinishReason;
import dev.cooper.proto.v1.GroupId;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.Problem;
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
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** An archive of two steps of mode cooper, all of them about one sum. */
public final class TestingRollouts {
    public static final String RUN = "r1";

    private static final String QUESTION =
            "A box holds 26 stickers. Mia puts in 16 more. How many stickers are in the box now?";
    private static final String RIGHT = "26 + 16 = 42 . In all \\boxed{ 42 }";
    private static final String WRONG = "26 + 16 = 41 . In all \\boxed{ 41 }";

    private TestingRollouts() {}

    /** What was sampled, and what the log says of it. */
    private record Rated(boolean right, double logit) {}

    /**
     * In step 1 slot 0 likes the wrong answer, slot 1 has twice the same right one with different scores, slot 2
     * failed; in step 2 slot 0 has a right and a wrong answer with equal scores.
     *
     * @param checksum of the model that scored
     */
    public static void write(Path data, String checksum) throws Exception {
        Run run = TestRuns.begun(
                Run.queued(RUN, TestRuns.cooperSpec("train.jsonl"), TestRuns.CREATED), RunState.RUNNING, "");
        try (ParquetStepArchive archive = new ParquetStepArchive(data.resolve("storage"), new TopicNames("cooper"))) {
            List<LogRecord> first = List.of(
                    group(checksum, 0, new Rated(true, -1), new Rated(false, 2)),
                    group(checksum, 1, new Rated(true, -1), new Rated(true, 1)),
                    TestingArchive.failed(2));
            archive.write(run, TestingArchive.step(1, Optional.empty()), first, List.of());
            List<LogRecord> second = List.of(group(checksum, 0, new Rated(true, 0), new Rated(false, 0)));
            archive.write(run, TestingArchive.step(2, Optional.empty()), second, List.of());
        }
    }

    private static LogRecord group(String checksum, int slot, Rated... completions) {
        ModelRef scorer =
                ModelRef.newBuilder().setNumber(7).setChecksum(checksum).build();
        Rollouts.Builder rollouts = Rollouts.newBuilder().addPromptTokenIds(2).setPolicy(TestRuns.version(2));
        Verdicts.Builder verdicts = Verdicts.newBuilder();
        Scores.Builder scores = Scores.newBuilder().setReward(scorer);
        for (Rated completion : completions) {
            rollouts.addCompletions(Completion.newBuilder()
                    .setText(completion.right() ? RIGHT : WRONG)
                    .addTokenIds(3)
                    .addLogProbs(-1)
                    .setFinishReason(FinishReason.STOP));
            verdicts.addVerdicts(
                    completion.right()
                            ? Verdict.newBuilder().setKind(VerdictKind.CORRECT)
                            : Verdict.newBuilder()
                                    .setKind(VerdictKind.INCORRECT)
                                    .setReason("DIFFERENT_VALUE"));
            scores.addScores(
                    Score.newBuilder().setLogit(completion.logit()).setScore(Logistic.sigmoid(completion.logit())));
        }
        SampleRequest request = SampleRequest.newBuilder()
                .setGroup(GroupId.newBuilder().setSlot(slot))
                .setMode(Mode.COOPER)
                .setReward(scorer)
                .setProblem(Problem.newBuilder()
                        .setId("sum, " + slot)
                        .setQuestion(QUESTION)
                        .setReferenceAnswer("42"))
                .build();
        VerifiedGroup verified = VerifiedGroup.newBuilder()
                .setRollouts(RolloutGroup.newBuilder().setRequest(request).setRollouts(rollouts))
                .setVerdicts(verdicts)
                .build();
        return TestingArchive.record(
                slot,
                ScoredGroup.newBuilder().setVerified(verified).setScores(scores).build());
    }
}
