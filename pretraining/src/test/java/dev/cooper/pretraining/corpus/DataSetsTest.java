package dev.cooper.pretraining.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.pretraining.problems.Problem;
import dev.cooper.pretraining.problems.Split;
import dev.cooper.pretraining.problems.WordProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DataSetsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void everyLineHoldsAProblemWithItsAnswer(@TempDir Path folder) throws IOException {
        List<Problem> problems = DataSets.distinct(new WordProblems(2), Split.HELD_OUT, 50);
        Path file = folder.resolve("problems.jsonl");
        DataSets.write(problems, "some", file);
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(50);
        for (int i = 0; i < lines.size(); i++) {
            JsonNode line = JSON.readTree(lines.get(i));
            assertThat(line.propertyNames()).containsExactly("id", "question", "answer");
            assertThat(line.get("question").stringValue())
                    .isEqualTo(problems.get(i).question());
            assertThat(line.get("answer").stringValue())
                    .isEqualTo("" + problems.get(i).answer());
        }
        assertThat(JSON.readTree(lines.getFirst()).get("id").stringValue()).isEqualTo("some-00001");
    }

    @Test
    void trainingAndHeldOutSetsShareNoQuestionAndRepeatNone() {
        WordProblems problems = new WordProblems(1);
        List<String> training = questions(problems, Split.TRAINING, DataSets.TRAINING_PROBLEMS);
        List<String> heldOut = questions(problems, Split.HELD_OUT, DataSets.HELD_OUT_PROBLEMS);
        assertThat(training).doesNotHaveDuplicates().doesNotContainAnyElementsOf(heldOut);
        assertThat(heldOut).doesNotHaveDuplicates();
    }

    private static List<String> questions(WordProblems problems, Split split, int count) {
        return DataSets.distinct(problems, split, count).stream()
                .map(Problem::question)
                .toList();
    }
}
