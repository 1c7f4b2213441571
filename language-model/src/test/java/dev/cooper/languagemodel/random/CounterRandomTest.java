package dev.cooper.languagemodel.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CounterRandomTest {
    @Test
    void valuesArePinned() {
        assertThat(CounterRandom.key(0, 0)).isEqualTo(0x48218226FF3CD4BFL);
        assertThat(CounterRandom.key(1, 2, 3, 4)).isEqualTo(0xF254F49915A71B0DL);
        assertThat(CounterRandom.key(5, "model")).isEqualTo(0xC24E9D650114B974L);
        assertThat(CounterRandom.uniformFloat(1, 2)).isEqualTo(1139043f / (1 << 24));
    }

    @Test
    void neighbouringCountersGiveDifferentKeys() {
        Set<Long> keys = new HashSet<>();
        for (int step = 0; step < 20; step++) {
            for (int slot = 0; slot < 20; slot++) {
                for (int sample = 0; sample < 20; sample++) {
                    keys.add(CounterRandom.key(step, step, slot, sample));
                }
            }
        }
        assertThat(keys).hasSize(8000);
    }

    @Test
    void uniformsFillTheUnitIntervalEvenly() {
        int[] tenths = new int[10];
        for (int i = 0; i < 100_000; i++) {
            float uniform = CounterRandom.uniformFloat(CounterRandom.key(1, i / 100), i % 100);
            assertThat(uniform).isGreaterThanOrEqualTo(0).isLessThan(1);
            tenths[(int) (uniform * 10)]++;
        }
        for (int count : tenths) {
            assertThat(count).isBetween(9_500, 10_500);
        }
    }

    @Test
    void gaussiansHaveMeanZeroAndDeviationOne() {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 100_000; i++) {
            double value = CounterRandom.gaussian(42, i);
            sum += value;
            squares += value * value;
        }
        assertThat(sum / 100_000).isCloseTo(0, within(0.02));
        assertThat(squares / 100_000).isCloseTo(1, within(0.02));
    }
}
