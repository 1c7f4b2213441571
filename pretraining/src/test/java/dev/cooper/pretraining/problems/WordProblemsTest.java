package dev.cooper.pretraining.problems;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordProblemsTest {
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, -7, Long.MAX_VALUE})
    void theTextGivesExactlyTheNumbersThatTheStepsUse(long seed) {
        for (Problem problem : first(seed, Split.TRAINING, 300)) {
            List<Integer> inText = NUMBER.matcher(problem.question())
                    .results()
                    .map(MatchResult::group)
                    .map(Integer::valueOf)
                    .toList();
            assertThat(inText).as(problem.question()).isEqualTo(problem.givens());
            Set<Integer> used = new HashSet<>();
            problem.steps().forEach(step -> used.addAll(List.of(step.left(), step.right())));
            assertThat(used).as(problem.question()).containsAll(positions(problem));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, -7, Long.MAX_VALUE})
    void theAnswerIsWhatRecomputingTheStepsMakes(long seed) {
        for (Problem problem : first(seed, Split.TRAINING, 300)) {
            List<Integer> quantities = new ArrayList<>(problem.givens());
            for (Step step : problem.steps()) {
                int left = quantities.get(step.left());
                int right = quantities.get(step.right());
                quantities.add(step.sign() == Sign.PLUS ? left + right : left - right);
            }
            assertThat(problem.answer()).isEqualTo(quantities.getLast());
            assertThat(quantities)
                    .as(problem.question())
                    .allSatisfy(q -> assertThat(q).isBetween(1, Problem.LARGEST));
            assertThat(problem.steps()).hasSizeBetween(2, 3);
        }
    }

    @Test
    void everyPlaceholderIsFilledIn() {
        assertThat(first(3, Split.TRAINING, 2000)).allSatisfy(problem -> {
            assertThat(problem.question()).doesNotContain("{", "}", "\n");
            assertThat(problem.question()).matches("[A-Z].*[?.]");
        });
    }

    @Test
    void sameSeedAndIndexGiveTheSameProblem() {
        assertThat(first(5, Split.TRAINING, 50)).isEqualTo(first(5, Split.TRAINING, 50));
        assertThat(first(5, Split.TRAINING, 50)).isNotEqualTo(first(6, Split.TRAINING, 50));
    }

    @Test
    void theCorpusOfASeedStaysAsItIs() {
        assertThat(new WordProblems(1).at(Split.TRAINING, 0).question())
                .isEqualTo("Rosa has 37 red books and 12 blue books. Rosa gives 38 to Dan. How many are left?");
    }

    @Test
    void noQuestionIsOnBothSidesWhateverTheSeeds() {
        Set<String> training = new HashSet<>();
        for (long seed = 0; seed < 4; seed++) {
            first(seed, Split.TRAINING, 5000).forEach(problem -> training.add(problem.question()));
        }
        assertThat(training).hasSizeGreaterThan(15_000);
        for (long seed = 0; seed < 4; seed++) {
            assertThat(first(seed, Split.HELD_OUT, 500))
                    .extracting(Problem::question)
                    .doesNotContainAnyElementsOf(training);
        }
    }

    private static List<Integer> positions(Problem problem) {
        return IntStream.range(0, problem.givens().size()).boxed().toList();
    }

    private static List<Problem> first(long seed, Split split, int count) {
        WordProblems problems = new WordProblems(seed);
        return IntStream.range(0, count).mapToObj(i -> problems.at(split, i)).toList();
    }
}
