package dev.cooper.orchestrator.api;

import dev.cooper.orchestrator.archive.ArchivedCompletion;
import dev.cooper.orchestrator.archive.ArchivedGroup;
import dev.cooper.orchestrator.archive.ArchivedScore;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** The rollouts of an archived step. */
@JsonNaming(SnakeCaseStrategy.class)
public record RolloutsView(String runId, long step, List<Group> groups) {

    /**
     * One prompt's completions.
     *
     * @param rewardVersion who scored; null in mode rule
     * @param failure why the group failed; empty when it did not
     * @param record where on the log it stood
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Group(
            int slot,
            String problemId,
            String question,
            String reference,
            String prompt,
            long policyVersion,
            @Nullable Long rewardVersion,
            String failure,
            PlaceView record,
            List<Completion> completions) {
        static Group of(ArchivedGroup group, boolean withTokens) {
            return new Group(
                    group.slot(),
                    group.problem().id(),
                    group.problem().question(),
                    group.problem().reference(),
                    group.problem().prompt(),
                    group.policyVersion(),
                    group.rewardVersion().orElse(null),
                    group.failure(),
                    PlaceView.of(group.place()),
                    group.completions().stream()
                            .map(completion -> Completion.of(completion, withTokens))
                            .toList());
        }
    }

    /**
     * A completion and its verdict.
     *
     * @param tokens how many
     * @param score the reward model's, a sigmoid of {@code logit}; both null in mode rule
     * @param tokenIds null unless asked for
     * @param logProbs one a token, nats; null unless asked for
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Completion(
            int sample,
            String text,
            int tokens,
            String finishReason,
            String verdict,
            String reason,
            String extractedAnswer,
            String explanation,
            @Nullable Double score,
            @Nullable Double logit,
            @Nullable List<Integer> tokenIds,
            @Nullable List<Float> logProbs) {
        static Completion of(ArchivedCompletion completion, boolean withTokens) {
            return new Completion(
                    completion.sample(),
                    completion.text(),
                    completion.tokens(),
                    completion.finishReason(),
                    completion.verdict(),
                    completion.reason(),
                    completion.extractedAnswer(),
                    completion.explanation(),
                    completion.score().map(ArchivedScore::score).orElse(null),
                    completion.score().map(ArchivedScore::logit).orElse(null),
                    withTokens ? completion.tokenIds() : null,
                    withTokens ? completion.logProbs() : null);
        }
    }

    static RolloutsView of(String runId, long step, List<ArchivedGroup> groups, boolean withTokens) {
        return new RolloutsView(
                runId,
                step,
                groups.stream().map(group -> Group.of(group, withTokens)).toList());
    }
}
