package dev.cooper.mathverifier.extraction;

import dev.cooper.mathverifier.AnswerSource;
import java.util.List;
import java.util.Objects;

/**
 * Where an answer is looked for, and within which limits.
 *
 * @param ranking the sources that count, the first that holds an answer wins
 * @param allBoxes whether all boxes of a text have to agree; otherwise the last ones, side by side, stand alone
 * @param openBoxes whether a box that is never closed reaches to the end of its line; otherwise it is unreadable
 * @param inlineLineBreaks whether mathematics between single dollars may run over a line break
 * @param answerLength characters of an answer
 * @param boxes different boxes of a text
 */
public record ExtractionRules(
        List<AnswerSource> ranking,
        boolean allBoxes,
        boolean openBoxes,
        boolean inlineLineBreaks,
        int answerLength,
        int boxes) {
    private static final int ANSWER_LENGTH = 4096;
    private static final int BOXES = 32;

    public ExtractionRules {
        ranking = List.copyOf(ranking);
        if (answerLength < 1 || boxes < 1) {
            throw new IllegalArgumentException(
                    "answerLength and boxes must be at least 1, but are " + answerLength + " and " + boxes);
        }
    }

    /** Every source in its order, all boxes have to agree, 4096 characters, 32 boxes. */
    public static ExtractionRules defaults() {
        return new ExtractionRules(List.of(AnswerSource.values()), true, false, true, ANSWER_LENGTH, BOXES);
    }

    /**
     * A final answer before the boxes, of these the last, an open box as well: as Math-Verify 0.8 looks for answers.
     */
    public static ExtractionRules mathVerify() {
        return new ExtractionRules(
                List.of(
                        AnswerSource.FINAL_ANSWER,
                        AnswerSource.BOXED,
                        AnswerSource.HASHES,
                        AnswerSource.ANSWER_PHRASE,
                        AnswerSource.WHOLE_TEXT,
                        AnswerSource.CHOICE,
                        AnswerSource.BOLD,
                        AnswerSource.LAST_FORMULA,
                        AnswerSource.LAST_NUMBER),
                false,
                true,
                false,
                ANSWER_LENGTH,
                BOXES);
    }

    /** Without the sources that no mark of an answer announces. */
    public ExtractionRules onlyMarked() {
        return withRanking(ranking.stream().filter(AnswerSource::isMarked).toList());
    }

    public ExtractionRules withRanking(List<AnswerSource> sources) {
        Objects.requireNonNull(sources, "sources");
        return new ExtractionRules(sources, allBoxes, openBoxes, inlineLineBreaks, answerLength, boxes);
    }

    public ExtractionRules withLimits(int characters, int differentBoxes) {
        return new ExtractionRules(ranking, allBoxes, openBoxes, inlineLineBreaks, characters, differentBoxes);
    }
}
