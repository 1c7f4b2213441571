package dev.cooper.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrometheusPageTest {

    @Test
    void seriesOfAnotherNameThatBeginsAlikeAreNotSummed() {
        PrometheusPage page = new PrometheusPage("""
                # TYPE busy_seconds summary
                busy_seconds_sum{role="a",note="x y"} 1.5
                busy_seconds_sum{role="b"} 2.0E-1
                busy_seconds_sum_of_others 100
                busy_seconds_count 7
                """);

        assertThat(page.sum("busy_seconds_sum")).isEqualTo(1.7);
        assertThat(page.sum("busy_seconds_count")).isEqualTo(7);
        assertThat(page.sum("unheard_of")).isZero();
    }
}
