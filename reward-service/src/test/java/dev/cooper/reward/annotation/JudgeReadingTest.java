package dev.cooper.reward.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.reward.annotation.JudgeReading.Taken;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeReadingTest {

    @ParameterizedTest
    @CsvSource({
        "Yes, YES",
        "'**No.** It is 7.', NO",
        "' yes', YES",
        "'The answer is not correct.', NO",
        "'The answer is not  Correct.', NO",
        "Correct!, YES",
        "incorrect, NO",
        "'yes, but no', YES",
        "'no, not yes', NO",
        "'I cannot say.', UNCLEAR",
        "yesterday, UNCLEAR",
        "nobody, UNCLEAR",
        "42, UNCLEAR",
        "'', UNCLEAR"
    })
    void theFirstWordThatStandsForYesOrNoCounts(String reply, Opinion opinion) {
        assertThat(JudgeReading.STANDARD.of(reply)).isEqualTo(opinion);
    }

    @Test
    void theLastOneCountsWhereThatIsAskedFor() {
        JudgeReading last = new JudgeReading(List.of("yes"), List.of("no"), Taken.LAST, "");

        assertThat(last.of("No step is wrong, so: yes")).isEqualTo(Opinion.YES);
    }

    @Test
    void whatIsThoughtBeforeTheReplyIsPassedOver() {
        JudgeReading thinking = new JudgeReading(List.of("yes"), List.of("no"), Taken.FIRST, "</think>");

        assertThat(thinking.of("<think>no, wait</think>\nYes")).isEqualTo(Opinion.YES);
        assertThat(thinking.of("<think>yes, surely")).isEqualTo(Opinion.UNCLEAR);
    }

    @Test
    void wordsInAnyAlphabetAreWhole() {
        JudgeReading german = new JudgeReading(List.of("richtig"), List.of("falsch"), Taken.FIRST, "");

        assertThat(german.of("Das ist RICHTIG.")).isEqualTo(Opinion.YES);
        assertThat(german.of("Überfalsch")).isEqualTo(Opinion.UNCLEAR);
    }

    @Test
    void aWordThatStandsForBothIsRefused() {
        assertThatThrownBy(() -> new JudgeReading(List.of("Ok"), List.of("no", "ok"), Taken.FIRST, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'ok' stands for both");
        assertThatThrownBy(() -> new JudgeReading(List.of(), List.of("no"), Taken.FIRST, ""))
                .hasMessageContaining("at least one word");
    }
}
