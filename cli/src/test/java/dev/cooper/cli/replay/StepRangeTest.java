package dev.cooper.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StepRangeTest {

    @ParameterizedTest
    @CsvSource({"3..20, 3, 20", "3.., 3, 9223372036854775807", "..20, 1, 20", "7, 7, 7"})
    void eitherEndMayBeLeftOut(String text, long first, long last) {
        assertThat(StepRange.parse(text)).isEqualTo(new StepRange(first, last));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a..b", "3-20", "5..3", "0..4", "99999999999"})
    void whatIsNoRangeIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StepRange.parse(text))
                .withMessageContaining("--steps");
    }

    @Test
    void theArchiveMustHaveEachStepThatIsAskedForAndNoOther() {
        List<Long> archived = List.of(1L, 2L, 4L, 5L);

        assertThat(StepRange.parse("4..5").of(archived)).containsExactly(4L, 5L);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StepRange.ALL.of(archived))
                .withMessageContaining("lacks step 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StepRange.parse("4..9").of(archived))
                .withMessageContaining("has steps 1 to 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StepRange.ALL.of(List.of()))
                .withMessageContaining("no step");
    }
}
