package dev.cooper.cli.report;

import java.util.ArrayList;
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
