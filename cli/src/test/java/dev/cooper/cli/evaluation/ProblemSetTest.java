package dev.cooper.cli.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.orchestrator.dataset.ProblemRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemSetTest {

    @TempDir
    Path folder;

    private List<ProblemRow> read(String name, String text) throws IOException {
        return ProblemSet.read(Files.writeString(folder.resolve(name), text), 0).problems();
    }

    @Test
    void layoutsAreKnownByTheirColumns() throws IOException {
        assertThat(read("a.json", """
                [{"Body": "Ann has 3 pens.", "Question": "How many pens?", "Answer": 3.0}]
                """)).containsExactly(new ProblemRow("1", "Ann has 3 pens. How many pens?", "3.0"));
        assertThat(read("b.jsonl", """
                {"question": "Which?", "solution": "..", "final_answer": ["$2$", "$3$"]}
                """)).containsExactly(new ProblemRow("1", "Which?", "$2$, $3$"));
        assertThat(read("c.jsonl", """
                {"problem": "Sum?", "solution": "So \\\\boxed{4}", "answer": "4"}
                """)).containsExactly(new ProblemRow("1", "Sum?", "4"));
    }

    @Test
    void problemsWrappedInTheirNamesAreUnwrappedAndFreedOfTypesetting() throws IOException {
        assertThat(read("odyssey.jsonl", """
                {"Problem_1": {"question": "What is $n$?\\n\\n\\\\end{problem}\\n\\\\noindent", "answer": "16\\\\\\\\\\n\\\\noindent"}}
                {"Problem_2": {"question": "And $m$?", "answer": "17"}}
                """))
                .containsExactly(new ProblemRow("1", "What is $n$?", "16"), new ProblemRow("2", "And $m$?", "17"));
    }

    @Test
    void unknownColumnsAreNamed() {
        assertThatThrownBy(() -> read("d.jsonl", "{\"ask\": \"?\", \"reply\": \"!\"}\n"))
                .hasMessageContaining("d.jsonl has the columns ask, reply")
                .hasMessageContaining("name them question and answer");
    }

    @ParameterizedTest
    @CsvSource({
        "gsm8k-test.jsonl, 1319",
        "svamp.json, 1000",
        "math500.jsonl, 500",
        "olympiadbench-en.jsonl, 675",
        "math-odyssey.jsonl, 387"
    })
    void publishedBenchmarksAreRead(String name, int problems) throws IOException {
        Path file = Path.of("../../shared/data").resolve(name);
        Assumptions.assumeTrue(Files.exists(file), "no ../shared/data: the published benchmarks are not tried");

        assertThat(ProblemSet.read(file, 0).problems()).hasSize(problems).allSatisfy(row -> {
            assertThat(row.question()).isNotBlank().doesNotEndWith("\\noindent");
            assertThat(row.answer()).isNotBlank().doesNotEndWith("\\noindent");
        });
    }
}
