package dev.cooper.languagemodel.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShuffleTest {
    @Test
    void everyPlaceComesOnceInAnOrderOfTheKeysOwn() {
        assertThat(Shuffle.order(1, 100))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 100).boxed().toList())
                .isEqualTo(Shuffle.order(1, 100))
                .isNotEqualTo(Shuffle.order(2, 100));
        assertThat(Shuffle.order(1, 0)).isEmpty();
    }
}
