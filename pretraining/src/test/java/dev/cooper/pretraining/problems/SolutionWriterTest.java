package dev.cooper.pretraining.problems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SolutionWriterTest {
    private static final int COUNT = 8000;

    private record Pair(Problem problem, Solution solution) {
        boolean right() {
            return problem.answer() == solution.answer();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everySolutionEndsInItsBoxedAnswerWithinBounds(long seed) {
        assertThat(pairs(seed, SolutionMix.standard(), 2000)).allSatisfy(pair -> {
            String box = "\\boxed{" + pair.solution().answer() + "}";
            assertThat(pair.solution().text())
                    .satisfiesAnyOf(
                            t -> assertThat(t).endsWith(box), t -> assertThat(t).endsWith(box + "."));
            assertThat(pair.solution().text()).containsOnlyOnce("\\boxed{");
            assertThat(pair.solution().answer()).isBetween(0, Problem.LARGEST);
        });
    }

    @Test
    void stylesSlipsAndLuckyGuessesHaveTheirShares() {
        List<Pair> pairs = pairs(1, SolutionMix.standard(), COUNT);
        assertThat(share(pairs, pair -> pair.solution().style() == Style.SENTENCES))
                .isCloseTo(0.40, within(0.02));
        assertThat(share(pairs, pair -> pair.solution().style() == Style.EQUATIONS))
                .isCloseTo(0.30, within(0.02));
        List<Pair> guesses = of(pairs, pair -> pair.solution().style() == Style.GUESS);
        assertThat(share(guesses, Pair::right)).isCloseTo(0.05, within(0.015));
        List<Pair> worked = of(pairs, pair -> pair.solution().style() != Style.GUESS);
        assertThat(share(worked, Pair::right)).isCloseTo(0.75, within(0.02));
    }

    @Test
    void withoutSlipsEveryWorkingIsRightAndShowsEveryEquation() {
        for (Pair pair : pairs(4, new SolutionMix(0, 1, 0, 0), 500)) {
            assertThat(pair.right()).isTrue();
            pair.problem().equations().forEach(equation -> {
                assertThat(equation.holds()).isTrue();
                assertThat(pair.solution().text()).contains(equation.toString());
            });
        }
    }

    @Test
    void withSlipsOnlyNoWorkingIsRight() {
        assertThat(pairs(4, new SolutionMix(0.5, 0.5, 1, 0), 500)).noneMatch(Pair::right);
    }

    @Test
    void aShareOutsideZeroToOneIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SolutionMix(0.7, 0.4, 0, 0))
                .withMessageContaining("sentences + equations");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SolutionMix(0.7, 0.3, Double.NaN, 0))
                .withMessageContaining("slips");
    }

    private static double share(List<Pair> pairs, Predicate<Pair> wanted) {
        return of(pairs, wanted).size() / (double) pairs.size();
    }

    private static List<Pair> of(List<Pair> pairs, Predicate<Pair> wanted) {
        return pairs.stream().filter(wanted).toList();
    }

    private static List<Pair> pairs(long seed, SolutionMix mix, int count) {
        WordProblems problems = new WordProblems(seed);
        SolutionWriter writer = new SolutionWriter(seed, mix);
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    Problem problem = problems.at(Split.TRAINING, i);
                    return new Pair(problem, writer.write(problem, i));
                })
                .toList();
    }
}
