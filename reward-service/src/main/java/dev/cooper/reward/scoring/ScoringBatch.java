package dev.cooper.reward.scoring;

import dev.cooper.languagemodel.reward.Logistic;
import dev.cooper.languagemodel.reward.RewardInput;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.Work;
import dev.cooper.proto.v1.Completion;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.Problem;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.SampleRequest;
import dev.cooper.proto.v1.Score;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.Scores;
import dev.cooper.proto.v1.ScoringReport;
import dev.cooper.proto.v1.VerifiedGroup;
import dev.cooper.reward.input.RewardInputs;
import dev.cooper.reward.scoring.ScoringStage.Ending;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Groups of one version and one kind of input, scored together: as many of the first as fit into the budget, and at
 * least one. With deterministic sampling exactly one, so that its scores depend on nothing else.
 */
final class ScoringBatch {

    private final ScoringEngine engine;
    private final int batchTokens;
    private final Clock clock;
    private final ScoringObserver observer;

    private final List<Ending> endings = new ArrayList<>();
    private final List<Read> read = new ArrayList<>();
    private long tokens;

    ScoringBatch(ScoringEngine engine, int batchTokens, Clock clock, ScoringObserver observer) {
        this.engine = engine;
        this.batchTokens = batchTokens;
        this.clock = clock;
        this.observer = observer;
    }

    /** A group whose texts were read. */
    private record Read(Work<VerifiedGroup, ScoredGroup> work, List<TokenIds> texts) {
        long tokens() {
            return texts.stream().mapToLong(TokenIds::size).sum();
        }
    }

    static boolean canShare(Work<VerifiedGroup, ScoredGroup> first, Work<VerifiedGroup, ScoredGroup> other) {
        SampleRequest a = request(first);
        SampleRequest b = request(other);
        return a.getGroup().getRunId().equals(b.getGroup().getRunId())
                && a.hasReward() == b.hasReward()
                && a.getReward().equals(b.getReward())
                && a.getScoring().equals(b.getScoring());
    }

    /** How to end the first of these groups, or more of them. */
    List<Ending> score(List<Work<VerifiedGroup, ScoredGroup>> groups) {
        SampleRequest first = request(groups.getFirst());
        Instant started = clock.instant();
        RewardInput input;
        try {
            if (!first.hasReward()) {
                throw CooperException.badInput(
                        "reward", "the request has mode " + first.getMode() + " and names no reward version");
            }
            input = RewardInputs.of(first.getScoring());
            engine.use(first.getGroup().getRunId(), first.getReward());
        } catch (RuntimeException e) {
            CooperException failure = CooperException.of(e);
            return groups.stream().map(group -> failure(group, failure)).toList();
        }
        read(groups, input);
        if (!read.isEmpty()) {
            compute(first.getReward(), started);
        }
        return endings;
    }

    private void read(List<Work<VerifiedGroup, ScoredGroup>> groups, RewardInput input) {
        for (Work<VerifiedGroup, ScoredGroup> group : groups) {
            try {
                Read next = new Read(group, tokens(group, input));
                if (!read.isEmpty() && !fits(next)) {
                    return;
                }
                add(next);
            } catch (RuntimeException e) {
                endings.add(failure(group, CooperException.of(e)));
            }
            if (request(group).getSampling().getDeterministic()) {
                return;
            }
        }
    }

    private List<TokenIds> tokens(Work<VerifiedGroup, ScoredGroup> work, RewardInput input) {
        RolloutGroup rollouts = work.message().getRollouts();
        Problem problem = rollouts.getRequest().getProblem();
        List<TokenIds> texts = new ArrayList<>();
        for (Completion completion : rollouts.getRollouts().getCompletionsList()) {
            texts.add(engine.tokens(
                    input.render(problem.getQuestion(), problem.getReferenceAnswer(), completion.getText())));
        }
        if (texts.isEmpty()) {
            throw CooperException.badInput("completions", "the group has no completions to score");
        }
        return texts;
    }

    private boolean fits(Read next) {
        boolean alone = request(next.work()).getSampling().getDeterministic();
        return !alone && tokens + next.tokens() <= batchTokens;
    }

    private void add(Read next) {
        read.add(next);
        tokens += next.tokens();
    }

    private void compute(ModelRef reward, Instant started) {
        List<TokenIds> all =
                read.stream().flatMap(group -> group.texts().stream()).toList();
        float[] logits;
        try {
            logits = engine.logits(all);
        } catch (RuntimeException e) {
            CooperException failure = new CooperException(
                    FailureReason.MODEL_FAULT,
                    "scoring failed: " + CooperException.of(e).detail(),
                    e);
            read.forEach(group -> endings.add(failure(group.work(), failure)));
            return;
        }
        Instant finished = clock.instant();
        Scores answer = Scores.newBuilder()
                .setReward(reward)
                .setReport(ScoringReport.newBuilder()
                        .setStartedAtMs(started.toEpochMilli())
                        .setFinishedAtMs(finished.toEpochMilli()))
                .build();
        int from = 0;
        for (Read group : read) {
            endings.add(scored(group.work(), answer, logits, from));
            from += group.texts().size();
        }
        observer.scored(read.size(), all.size(), tokens, Duration.between(started, finished));
    }

    /** @param answer without scores yet */
    private static Ending scored(Work<VerifiedGroup, ScoredGroup> work, Scores answer, float[] logits, int from) {
        VerifiedGroup group = work.message();
        Scores.Builder scores = answer.toBuilder();
        for (int i = 0; i < group.getRollouts().getRollouts().getCompletionsCount(); i++) {
            double logit = logits[from + i];
            if (!Double.isFinite(logit)) {
                return failure(
                        work,
                        new CooperException(
                                FailureReason.MODEL_FAULT,
                                "the reward model, version "
                                        + answer.getReward().getNumber() + ", gives " + logit
                                        + " for completion " + i
                                        + "; go back to an earlier version, and lower reward.training.learning_rate"));
            }
            scores.addScores(Score.newBuilder().setLogit(logit).setScore(Logistic.sigmoid(logit)));
        }
        ScoredGroup outcome =
                ScoredGroup.newBuilder().setVerified(group).setScores(scores).build();
        return new Ending(work, () -> end(work, outcome));
    }

    /** Sends the group's failure. */
    static Ending failure(Work<VerifiedGroup, ScoredGroup> work, CooperException failure) {
        ScoredGroup outcome = ScoredGroup.newBuilder()
                .setVerified(work.message())
                .setFailure(failure.toFailure(ScoringStage.NAME))
                .build();
        return new Ending(work, () -> end(work, outcome));
    }

    /** A group that became stale meanwhile has no taker any more. */
    private static void end(Work<VerifiedGroup, ScoredGroup> work, ScoredGroup outcome) {
        if (work.isCurrent()) {
            work.finish(outcome);
        } else {
            work.drop();
        }
    }

    private static SampleRequest request(Work<VerifiedGroup, ScoredGroup> work) {
        return work.message().getRollouts().getRequest();
    }
}
