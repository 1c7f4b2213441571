package dev.cooper.orchestrator.archive;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.proto.v1.Completion;
import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.Problem;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.Scores;
import dev.cooper.proto.v1.Verdict;
import dev.cooper.proto.v1.VerifiedGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a record of the topic {@code scored} holds, as the archive shows it. */
final class ScoredRecord {

    private ScoredRecord() {}

    /** @throws CooperException INTERNAL when the value is no ScoredGroup */
    static ArchivedGroup read(LogRecord record, String topicName) {
        ScoredGroup scored = parse(record);
        VerifiedGroup verified = scored.getVerified();
        RolloutGroup rollouts = verified.getRollouts();
        Scores scores = scored.getScores();
        return new ArchivedGroup(
                rollouts.getRequest().getGroup().getSlot(),
                problem(rollouts.getRequest().getProblem()),
                rollouts.getRollouts().getPolicy().getNumber(),
                scores.hasReward() ? Optional.of(scores.getReward().getNumber()) : Optional.empty(),
                scored.hasFailure() ? describe(scored.getFailure()) : "",
                new ArchivedPlace(topicName, record.partition(), record.offset(), record.sha256()),
                scored.hasFailure() ? List.of() : completions(rollouts, verified, scores));
    }

    private static ScoredGroup parse(LogRecord record) {
        try {
            return ScoredGroup.parseFrom(record.value());
        } catch (InvalidProtocolBufferException e) {
            throw new CooperException(
                    FailureReason.INTERNAL,
                    "record " + record.place() + " is no ScoredGroup, so it cannot be archived",
                    e);
        }
    }

    private static ArchivedProblem problem(Problem problem) {
        return new ArchivedProblem(
                problem.getId(), problem.getQuestion(), problem.getReferenceAnswer(), problem.getPrompt());
    }

    private static String describe(Failure failure) {
        return failure.getReason() + ": " + failure.getDetail();
    }

    private static List<ArchivedCompletion> completions(RolloutGroup rollouts, VerifiedGroup verified, Scores scores) {
        List<ArchivedCompletion> completions = new ArrayList<>();
        for (int sample = 0; sample < rollouts.getRollouts().getCompletionsCount(); sample++) {
            Completion completion = rollouts.getRollouts().getCompletions(sample);
            Verdict verdict = sample < verified.getVerdicts().getVerdictsCount()
                    ? verified.getVerdicts().getVerdicts(sample)
                    : Verdict.getDefaultInstance();
            completions.add(new ArchivedCompletion(
                    sample,
                    completion.getText(),
                    completion.getTokenIdsCount(),
                    completion.getTokenIdsList(),
                    completion.getLogProbsList(),
                    completion.getFinishReason().name(),
                    verdict.getKind().name(),
                    verdict.getReason(),
                    verdict.getExtractedAnswer(),
                    verdict.getExplanation(),
                    score(scores, sample)));
        }
        return completions;
    }

    private static Optional<ArchivedScore> score(Scores scores, int sample) {
        return sample < scores.getScoresCount()
                ? Optional.of(new ArchivedScore(
                        scores.getScores(sample).getLogit(),
                        scores.getScores(sample).getScore()))
                : Optional.empty();
    }
}
