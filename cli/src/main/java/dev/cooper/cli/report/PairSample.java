package dev.cooper.cli.report;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** A right solution of a step and the wrong one that the reward model learned to tell from it. */
public record PairSample(
        String question, String reference, String positive, String negative, String negativeAnswer, String source) {
    private static final int PAIRS = 4;

    /**
     * Some pairs of a step.
     *
     * @param pairs as the server answers for one step
     */
    static List<PairSample> pick(JsonNode pairs) {
        return pairs.path("outcomes")
                .valueStream()
                .filter(outcome -> outcome.path("outcome").asString("").equals("pair"))
                .limit(PAIRS)
                .map(PairSample::of)
                .toList();
    }

    private static PairSample of(JsonNode pair) {
        return new PairSample(
                pair.path("question").asString(""),
                pair.path("reference").asString(""),
                pair.path("positive").path("text").asString(""),
                pair.path("negative").path("text").asString(""),
                pair.path("negative").path("extracted_answer").asString(""),
                pair.path("source").asString("").toLowerCase(Locale.ROOT));
    }
}
