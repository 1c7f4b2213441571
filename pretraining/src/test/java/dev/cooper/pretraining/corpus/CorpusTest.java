package dev.cooper.pretraining.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cooper.pretraining.problems.SolutionMix;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorpusTest {
    private final Task first = Task.Solve.of(1, SolutionMix.standard());
    private final Task second = Task.Solve.of(2, SolutionMix.standard());

    @Test
    void sameSeedGivesTheSameCorpus() {
        Corpus corpus = new Corpus(List.of(new Corpus.Share(first, 1)));
        Corpus again = new Corpus(List.of(new Corpus.Share(Task.Solve.of(1, SolutionMix.standard()), 1)));
        assertThat(corpus.first(500)).containsExactlyElementsOf(again.first(500).toList());
    }

    @Test
    void tasksAreDealtOutByWeightAndNoExampleIsSkipped() {
        Corpus corpus = new Corpus(List.of(new Corpus.Share(first, 2), new Corpus.Share(second, 1)));
        assertThat(corpus.first(6))
                .containsExactly(
                        first.example(0),
                        first.example(1),
                        second.example(0),
                        first.example(2),
                        first.example(3),
                        second.example(1));
    }

    @Test
    void aCorpusWithoutTasksOrWeightIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Corpus(List.of()))
                .withMessage("corpus: no tasks");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Corpus.Share(first, 0))
                .withMessageContaining("weight must be at least 1");
    }

    @Test
    void theStandardMixIsFiveSolvedToOneRewrittenAndOneJudged() {
        List<Example> examples =
                TaskMix.standard().corpus(1, SolutionMix.standard()).first(700).toList();
        assertThat(examples)
                .filteredOn(e -> e.prompt().endsWith("Rewrite it with a wrong answer:\n"))
                .hasSize(100);
        assertThat(examples).filteredOn(e -> e.prompt().endsWith("Correct:")).hasSize(100);
    }

    @Test
    void aMixMayLeaveTasksOutButNotAll() {
        assertThat(new TaskMix(1, 0, 0)
                        .corpus(1, SolutionMix.standard())
                        .first(50)
                        .toList())
                .containsExactlyElementsOf(new Corpus(List.of(new Corpus.Share(first, 1)))
                        .first(50)
                        .toList());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TaskMix(0, 0, 0))
                .withMessageContaining("task mix");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TaskMix(2, -1, 0))
                .withMessageContaining("task mix");
    }
}
