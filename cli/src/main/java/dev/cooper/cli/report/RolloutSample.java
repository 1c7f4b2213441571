package dev.cooper.cli.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * One completion of a step with what was judged about it.
 *
 * @param score of the reward model; NaN without one
 */
public record RolloutSample(
        String question,
        String reference,
        String completion,
        String verdict,
        String reason,
        String extracted,
        double score) {
    private static final int PROBLEMS = 4;

    /**
     * The first completion of some problems of a step.
     *
     * @param rollouts as the server answers for one step: groups with their completions
     */
    static List<RolloutSample> pick(JsonNode rollouts) {
        List<RolloutSample> samples = new ArrayList<>();
        for (JsonNode group : rollouts.path("groups")) {
            JsonNode completions = group.path("completions");
            if (samples.size() < PROBLEMS && !completions.isEmpty()) {
                samples.add(of(group, completions.get(0)));
            }
        }
        return samples;
    }

    /**
     * The completions that the reward model likes most of those that the rule rejects, a problem at most once; none
     * without a reward model.
     *
     * @param rollouts as the server answers for one step
     */
    static List<RolloutSample> likedMost(JsonNode rollouts) {
        return rollouts.path("groups")
                .valueStream()
                .flatMap(group -> group
                        .path("completions")
                        .valueStream()
                        .filter(completion ->
                                completion.path("verdict").asString("").equals("INCORRECT"))
                        .map(completion -> of(group, completion))
                        .filter(sample -> Double.isFinite(sample.score()))
                        .max(Comparator.comparingDouble(RolloutSample::score))
                        .stream())
                .sorted(Comparator.comparingDouble(RolloutSample::score).reversed())
                .limit(PROBLEMS)
                .toList();
    }

    private static RolloutSample of(JsonNode group, JsonNode completion) {
        return new RolloutSample(
                group.path("question").asString(""),
                group.path("reference").asString(""),
                completion.path("text").asString(""),
                completion.path("verdict").asString(""),
                completion.path("reason").asString(""),
                completion.path("extracted_answer").asString(""),
                completion.path("score").asDouble(Double.NaN));
    }
}
