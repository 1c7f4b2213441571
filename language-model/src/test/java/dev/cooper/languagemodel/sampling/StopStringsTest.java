package dev.cooper.languagemodel.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StopStringsTest {
    @Test
    void aTextEndsBeforeTheFirstOneInIt() {
        StopStrings stop = StopStrings.of("\n\n", "END");
        assertThat(stop.before("a END b\n\nc")).isEqualTo("a ");
        assertThat(stop.firstIn("a\n\nEND")).hasValue(1);
        assertThat(stop.before("a\nEN")).isEqualTo("a\nEN");
        assertThat(stop.firstIn("a\nEN")).isEmpty();
    }

    @Test
    void anEmptyOneIsRefused() {
        assertThatThrownBy(() -> StopStrings.of("a", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stop string 1 is empty");
    }

    @Test
    void whatMayBecomeOneIsKnown() {
        StopStrings stop = StopStrings.of("abab!", "END");
        assertThat(stop.opened("xabab")).isEqualTo(4);
        assertThat(stop.opened("xaba")).isEqualTo(3);
        assertThat(stop.opened("xE")).isEqualTo(1);
        assertThat(stop.opened("x")).isZero();
        assertThat(stop.opened("")).isZero();
        assertThat(StopStrings.NONE.opened("x")).isZero();
    }
}
