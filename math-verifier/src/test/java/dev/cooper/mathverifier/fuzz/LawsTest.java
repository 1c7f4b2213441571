package dev.cooper.mathverifier.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** The laws over the seeds of fuzzing and over small changes of them; {@link FuzzingTest} goes on from there. */
class LawsTest {
    private static final int CHANGES = 2;

    @Test
    void whatFuzzingFoundBreaksNoLawAgain() throws IOException {
        assertThat(FuzzSeeds.findings()).isNotEmpty().allSatisfy(LawsTest::assertLawful);
    }

    @Test
    void labelledPairsAndSmallChangesOfThemBreakNoLaw() throws IOException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(42);
        for (FuzzText pair : FuzzSeeds.corpus()) {
            assertLawful(pair);
            for (int change = 0; change < CHANGES; change++) {
                assertLawful(FuzzText.of(changed(pair.bytes(), random)));
            }
        }
    }

    @Test
    void bytesGiveTheTextsAgain() {
        var text = new FuzzText("\\frac{1}{2}, k\\in\\mathbb{Z}", "The answer is \\boxed{7}.");
        assertThat(FuzzText.of(text.bytes())).isEqualTo(text);
    }

    private static void assertLawful(FuzzText text) {
        assertThatCode(() -> {
                    Laws.aCompletionEqualsNoRandomReference(text.first() + text.second());
                    Laws.aReferenceDoesNotDifferFromItself(text.first());
                    Laws.comparingIsSymmetric(text.first(), text.second());
                })
                .doesNotThrowAnyException();
    }

    /** One to three bytes removed, doubled or exchanged. */
    private static byte[] changed(byte[] bytes, RandomGenerator random) {
        List<Byte> out = new ArrayList<>(bytes.length + 3);
        for (byte value : bytes) {
            out.add(value);
        }
        for (int left = random.nextInt(1, 4); left > 0; left--) {
            int at = random.nextInt(out.size());
            switch (random.nextInt(3)) {
                case 0 -> out.add(at, out.get(random.nextInt(out.size())));
                case 1 -> out.set(at, (byte) random.nextInt(256));
                default -> {
                    if (out.size() > 1) {
                        out.remove(at);
                    }
                }
            }
        }
        byte[] result = new byte[out.size()];
        for (int at = 0; at < result.length; at++) {
            result[at] = out.get(at);
        }
        return result;
    }
}
