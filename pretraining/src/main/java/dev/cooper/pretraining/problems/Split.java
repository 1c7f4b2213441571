package dev.cooper.pretraining.problems;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Which side a problem belongs to. It depends on the text of the question alone, so no question is on both sides,
 * whatever seeds and indices the two sides were drawn from.
 */
public enum Split {
    TRAINING,
    HELD_OUT;

    private static final int HELD_OUT_PERCENT = 10;

    /** The side of a question. */
    public static Split of(String question) {
        CRC32 hash = new CRC32();
        hash.update(question.getBytes(StandardCharsets.UTF_8));
        return hash.getValue() % 100 < HELD_OUT_PERCENT ? HELD_OUT : TRAINING;
    }
}
