package dev.cooper.orchestrator.hacking;

import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A completion that the reward model likes and the rule rejects. Long texts have lost their middle.
 *
 * @param slot the group that it is of, in its step
 * @param sample its place in the group
 * @param score of the reward model
 * @param reason why the rule rejects it, such as DIFFERENT
 * @param extractedAnswer what the rule read as its answer; empty when there was none
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Example(
        int slot,
        int sample,
        String problemId,
        String question,
        String reference,
        String completion,
        double score,
        String reason,
        String extractedAnswer) {

    /** An event must stay far below the size of a record. */
    private static final int CHARACTERS = 4000;

    private static final String CUT = "\n[...]\n";

    public Example {
        question = shortened(question);
        reference = shortened(reference);
        completion = shortened(completion);
        extractedAnswer = shortened(extractedAnswer);
    }

    private static String shortened(String text) {
        int half = (CHARACTERS - CUT.length()) / 2;
        return text.length() <= CHARACTERS
                ? text
                : text.substring(0, half) + CUT + text.substring(text.length() - half);
    }
}
