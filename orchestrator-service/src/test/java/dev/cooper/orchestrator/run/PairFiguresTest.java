package dev.cooper.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.NegativeSource;
import dev.cooper.proto.v1.NoPair;
import dev.cooper.proto.v1.NoPairReason;
import dev.cooper.proto.v1.Pair;
import org.junit.jupiter.api.Test;

class PairFiguresTest {

    private final PairFigures figures = new PairFigures();

    @Test
    void pairsAreCountedBySourceAndAttemptAndRejectedTextsByReason() {
        figures.paired(pair(NegativeSource.ASSISTANT, 1).setLengthRatio(1).build());
        figures.paired(pair(NegativeSource.ASSISTANT, 3)
                .addRejected(NoPairReason.STILL_CORRECT)
                .addRejected(NoPairReason.DIGIT_COPY)
                .setLengthRatio(0.5)
                .setDigitCopy(true)
                .build());
        figures.paired(pair(NegativeSource.EDIT, 1).setLengthRatio(1.5).build());
        figures.paired(pair(NegativeSource.SELF, 0).setLengthRatio(2).build());
        figures.none(NoPair.newBuilder()
                .setReason(NoPairReason.STILL_CORRECT)
                .setAttempts(3)
                .addRejected(NoPairReason.DIGIT_COPY)
                .addRejected(NoPairReason.OTHER_LENGTH)
                .addRejected(NoPairReason.STILL_CORRECT)
                .build());
        figures.none(NoPair.newBuilder().setReason(NoPairReason.NOTHING_CORRECT).build());
        figures.none(FailureReason.BAD_INPUT);

        assertThat(figures.measured())
                .containsOnly(
                        entry("pairs", 4.0),
                        entry("pairs_assistant", 2.0),
                        entry("pairs_edit", 1.0),
                        entry("pairs_self", 1.0),
                        entry("pairs_at_attempt_1", 2.0),
                        entry("pairs_at_attempt_3", 1.0),
                        entry("pairs_none", 3.0),
                        entry("pairs_none_still_correct", 1.0),
                        entry("pairs_none_nothing_correct", 1.0),
                        entry("pairs_none_bad_input", 1.0),
                        entry("pair_texts", 8.0),
                        entry("pair_attempts_mean", 2.0),
                        entry("pair_texts_rejected_still_correct", 2.0),
                        entry("pair_texts_rejected_digit_copy", 2.0),
                        entry("pair_texts_rejected_other_length", 1.0),
                        entry("pair_length_ratio_mean", 1.25),
                        entry("pair_digit_copy_share", 0.25));
    }

    @Test
    void whatWasNeverCountedIsNotTold() {
        assertThat(figures.measured())
                .containsOnly(entry("pairs", 0.0), entry("pairs_none", 0.0), entry("pair_texts", 0.0));
    }

    private static Pair.Builder pair(NegativeSource source, int attempts) {
        return Pair.newBuilder().setSource(source).setAttempts(attempts);
    }
}
