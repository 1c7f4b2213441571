package dev.cooper.orchestrator.api;

import dev.cooper.orchestrator.archive.ArchivedPair;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What came of each group of an archived step when its pair was made.
 *
 * @param none how many groups gave no pair, by reason
 */
@JsonNaming(SnakeCaseStrategy.class)
public record PairsView(String runId, long step, int pairs, Map<String, Integer> none, List<Outcome> outcomes) {

    /**
     * A pair, or why there is none.
     *
     * @param outcome {@code pair} or {@code none}
     * @param reason why there is no pair; null when there is one
     * @param source where the negative came from: assistant, self or edit
     * @param style what the assistant was asked for: wrong_throughout or minimal
     * @param attempts rewrites that it took
     * @param assistant who rewrote; empty when nobody was asked
     * @param record where on the log the pair stood
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Outcome(
            int slot,
            String outcome,
            String problemId,
            String question,
            String reference,
            @Nullable String reason,
            @Nullable String detail,
            @Nullable Side positive,
            @Nullable Side negative,
            @Nullable String source,
            @Nullable String style,
            @Nullable Integer attempts,
            @Nullable String assistant,
            @Nullable PlaceView record) {
        static Outcome of(ArchivedPair pair) {
            return switch (pair) {
                case ArchivedPair.Made made -> made(made);
                case ArchivedPair.None none -> none(none);
            };
        }

        private static Outcome made(ArchivedPair.Made pair) {
            return new Outcome(
                    pair.slot(),
                    "pair",
                    pair.problem().id(),
                    pair.problem().question(),
                    pair.problem().reference(),
                    null,
                    null,
                    Side.of(pair.positive()),
                    Side.of(pair.negative()),
                    pair.source(),
                    pair.style(),
                    pair.attempts(),
                    pair.assistant(),
                    PlaceView.of(pair.place()));
        }

        private static Outcome none(ArchivedPair.None none) {
            return new Outcome(
                    none.slot(),
                    "none",
                    none.problem().id(),
                    none.problem().question(),
                    none.problem().reference(),
                    none.reason(),
                    none.detail(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
        }
    }

    /**
     * One side of a pair.
     *
     * @param sample which of the group's completions it is; null for a text that was written for the pair
     * @param reason of the verdict; empty when it is CORRECT
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Side(
            String text, @Nullable Integer sample, String reason, String extractedAnswer, String explanation) {
        static Side of(ArchivedPair.Side side) {
            return new Side(
                    side.text(),
                    side.sample() < 0 ? null : side.sample(),
                    side.reason(),
                    side.extractedAnswer(),
                    side.explanation());
        }
    }

    static PairsView of(String runId, long step, List<ArchivedPair> pairs) {
        Map<String, Integer> none = new TreeMap<>();
        for (ArchivedPair pair : pairs) {
            if (pair instanceof ArchivedPair.None without) {
                none.merge(without.reason(), 1, Integer::sum);
            }
        }
        int made = pairs.size()
                - none.values().stream().mapToInt(Integer::intValue).sum();
        return new PairsView(
                runId, step, made, none, pairs.stream().map(Outcome::of).toList());
    }
}
