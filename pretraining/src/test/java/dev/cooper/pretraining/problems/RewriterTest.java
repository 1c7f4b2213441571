package dev.cooper.pretraining.problems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RewriterTest {
    private static final int COUNT = 4000;

    private final WordProblems problems = new WordProblems(2);
    private final List<Rewriter.Rewriting> rewritings = IntStream.range(0, COUNT)
            .mapToObj(i -> new Rewriter(2, SolutionMix.standard()).write(problems.at(Split.TRAINING, i), i))
            .toList();

    @Test
    void oneSideIsRightAndTheOtherBoxesAnotherNumber() {
        assertThat(IntStream.range(0, COUNT)).allSatisfy(i -> {
            int answer = problems.at(Split.TRAINING, i).answer();
            Rewriter.Rewriting rewriting = rewritings.get(i);
            assertThat(rewriting.right().answer()).isEqualTo(answer);
            assertThat(rewriting.wrong().answer()).isNotEqualTo(answer).isBetween(0, Problem.LARGEST);
            for (Solution side : List.of(rewriting.right(), rewriting.wrong())) {
                assertThat(side.text()).containsOnlyOnce("\\boxed{" + side.answer() + "}");
            }
        });
    }

    @Test
    void bothSidesHaveTheSameStyleAndNearlyTheSameLength() {
        assertThat(rewritings).allSatisfy(rewriting -> {
            assertThat(rewriting.wrong().style()).isEqualTo(rewriting.right().style());
            assertThat(words(rewriting.wrong())).isCloseTo(words(rewriting.right()), within(4));
        });
    }

    @Test
    void someWorkingsStayRightUpToTheBox() {
        assertThat(rewritings.stream()
                        .filter(r -> r.right().style() != Style.GUESS)
                        .filter(r -> working(r.right()).equals(working(r.wrong())))
                        .count())
                .isBetween(COUNT / 5L, COUNT * 3L / 10);
    }

    private static int words(Solution solution) {
        return solution.text().split("\\s", -1).length;
    }

    private static String working(Solution solution) {
        return solution.text().substring(0, solution.text().indexOf("\\boxed{"));
    }
}
