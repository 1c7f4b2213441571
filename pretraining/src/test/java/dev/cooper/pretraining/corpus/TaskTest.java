package dev.cooper.pretraining.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cooper.pretraining.problems.Problem;
import dev.cooper.pretraining.problems.SolutionMix;
import dev.cooper.pretraining.problems.Split;
import dev.cooper.pretraining.problems.WordProblems;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TaskTest {
    private static final int COUNT = 4000;
    private static final Pattern JUDGED =
            Pattern.compile("boxed\\{([0-9]+)}\\.?\nReference answer:\n([0-9]+)\nCorrect:$");

    @Test
    void everyJudgementSaysWhetherTheBoxHoldsTheReference() {
        assertThat(Stream.of(Task.Judge.of(5, SolutionMix.standard()), Task.BalancedJudge.of(5, SolutionMix.standard()))
                        .flatMap(TaskTest::first))
                .allSatisfy(example -> {
                    Matcher judged = JUDGED.matcher(example.prompt());
                    assertThat(judged.find()).as(example.prompt()).isTrue();
                    assertThat(example.completion())
                            .isEqualTo(judged.group(1).equals(judged.group(2)) ? Task.Judge.YES : Task.Judge.NO);
                });
    }

    @Test
    void balancedJudgementsAreHalfRightInEachStyle() {
        List<Example> examples =
                first(Task.BalancedJudge.of(5, SolutionMix.standard())).toList();
        Predicate<Example> guess = e -> e.prompt().split("\n", -1)[1].matches("[^0-9=]*\\\\boxed\\{[0-9]+}\\.");
        assertThat(share(examples, guess)).isCloseTo(0.3, within(0.03));
        assertThat(share(examples.stream().filter(guess).toList(), TaskTest::says))
                .isEqualTo(0.5);
        assertThat(share(examples.stream().filter(guess.negate()).toList(), TaskTest::says))
                .isEqualTo(0.5);
    }

    @Test
    void aRewritePromptHoldsARightSolutionAndItsCompletionAWrongOne() {
        Task.Rewrite task = Task.Rewrite.of(5, SolutionMix.standard());
        assertThat(IntStream.range(0, 500)).allSatisfy(i -> {
            Problem problem = task.problems().at(Split.TRAINING, i);
            Example example = task.example(i);
            assertThat(example.prompt())
                    .startsWith(problem.question() + "\n")
                    .contains("\\boxed{" + problem.answer() + "}")
                    .endsWith("\nRewrite it with a wrong answer:\n");
            assertThat(example.completion()).contains("\\boxed{").doesNotContain("\\boxed{" + problem.answer() + "}");
        });
    }

    @Test
    void rewardProblemsAreNeitherTrainedOnByPoliciesNorHeldOut() {
        WordProblems drawn = new WordProblems(1);
        Set<String> others = Stream.concat(
                        DataSets.distinct(drawn, Split.TRAINING, DataSets.TRAINING_PROBLEMS).stream(),
                        DataSets.distinct(drawn, Split.HELD_OUT, DataSets.HELD_OUT_PROBLEMS).stream())
                .map(Problem::question)
                .collect(Collectors.toSet());
        RewardProblems problems = new RewardProblems(1);
        assertThat(IntStream.range(0, 20_000)
                        .mapToObj(problems::at)
                        .map(Problem::question)
                        .filter(others::contains))
                .isEmpty();
    }

    private static boolean says(Example example) {
        return example.completion().equals(Task.Judge.YES);
    }

    private static double share(List<Example> examples, Predicate<Example> wanted) {
        return examples.stream().filter(wanted).count() / (double) examples.size();
    }

    private static Stream<Example> first(Task task) {
        return IntStream.range(0, COUNT).mapToObj(task::example);
    }
}
