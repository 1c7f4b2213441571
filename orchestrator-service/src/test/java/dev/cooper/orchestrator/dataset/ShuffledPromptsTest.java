package dev.cooper.orchestrator.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.orchestrator.run.HeldOutSet;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.TestRuns;
import dev.cooper.proto.v1.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShuffledPromptsTest {

    private static final int PROBLEMS = 7;

    @TempDir
    Path folder;

    private Run run;

    @BeforeEach
    void data() throws IOException {
        String lines = IntStream.rangeClosed(1, PROBLEMS)
                .mapToObj(i -> "{\"question\": \"q" + i + "\", \"answer\": \"" + i + "\"}\n")
                .collect(Collectors.joining());
        run = TestRuns.queued(
                "r1", Files.writeString(folder.resolve("t.jsonl"), lines).toString());
    }

    private static List<String> ids(List<Problem> problems) {
        return problems.stream().map(Problem::getId).toList();
    }

    @Test
    void everyProblemComesOnceAnEpoch() {
        ShuffledPrompts prompts = new ShuffledPrompts(new DataSets());
        // Three epochs of seven problems in seven steps of three.
        List<String> met = LongStream.rangeClosed(1, PROBLEMS)
                .boxed()
                .flatMap(step -> ids(prompts.training(run, step)).stream())
                .toList();

        for (int epoch = 0; epoch < 3; epoch++) {
            assertThat(met.subList(epoch * PROBLEMS, (epoch + 1) * PROBLEMS))
                    .containsExactlyInAnyOrder("1", "2", "3", "4", "5", "6", "7");
        }
        assertThat(met.subList(0, PROBLEMS)).isNotEqualTo(met.subList(PROBLEMS, 2 * PROBLEMS));
    }

    @Test
    void stepGivesTheSameProblemsWhenAskedAgainBySomebodyElse() {
        assertThat(new ShuffledPrompts(new DataSets()).training(run, 3))
                .isEqualTo(new ShuffledPrompts(new DataSets()).training(run, 3));
    }

    @Test
    void problemHasItsPromptRendered() {
        Problem problem = new ShuffledPrompts(new DataSets()).training(run, 1).getFirst();

        assertThat(problem.getPrompt()).isEqualTo(problem.getQuestion() + "\n");
        assertThat(problem.getQuestion()).isEqualTo("q" + problem.getReferenceAnswer());
    }

    @Test
    void heldOutProblemsAreTheFirstOnes() {
        assertThat(new ShuffledPrompts(new DataSets()).heldOut(run))
                .singleElement()
                .satisfies(set -> {
                    assertThat(set.name()).isEqualTo("t");
                    assertThat(ids(set.problems())).containsExactly("1", "2");
                });
    }

    @Test
    void heldOutProblemsAreFreedOfTypesettingAsTheCommandDoes() throws IOException {
        Path odyssey = Files.writeString(folder.resolve("odyssey.jsonl"), """
                {"Problem_1": {"question": "What is $n$?\\n\\\\end{problem}\\n\\\\noindent", "answer": "16\\\\\\\\\\n\\\\noindent"}}
                """);
        HeldOutSet set = new ShuffledPrompts(new DataSets())
                .heldOut(TestRuns.queued("r1", odyssey.toString()))
                .getFirst();

        assertThat(set.name()).isEqualTo("odyssey");
        assertThat(set.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.getPrompt()).isEqualTo("What is $n$?\n");
            assertThat(problem.getReferenceAnswer()).isEqualTo("16");
        });
    }

    @Test
    void orderIsAPermutationThatDependsOnSeedAndEpoch() {
        int[] order = Shuffle.order(1000, 1, 0);

        assertThat(Arrays.stream(order).sorted().toArray())
                .isEqualTo(IntStream.range(0, 1000).toArray());
        assertThat(order).isNotEqualTo(Shuffle.order(1000, 1, 1));
        assertThat(order).isNotEqualTo(Shuffle.order(1000, 2, 0));
        assertThat(order).isEqualTo(Shuffle.order(1000, 1, 0));
        assertThat(Arrays.stream(order).limit(500).average().orElseThrow()).isBetween(440.0, 560.0);
    }
}
