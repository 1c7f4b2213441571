package dev.cooper.orchestrator.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.orchestrator.spec.RunSpec.DataSource;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataSetsTest {

    @TempDir
    Path folder;

    private final DataSets dataSets = new DataSets();

    private DataSource file(String name, String content) throws IOException {
        return source(Files.writeString(folder.resolve(name), content), "question", "answer");
    }

    private static DataSource source(Path path, String question, String answer) {
        return new DataSource(path.toString(), "auto", "", question, answer, 0);
    }

    private void assertRefused(DataSource source, String field, String message) {
        assertThatThrownBy(() -> dataSets.check(source)).isInstanceOfSatisfying(CooperException.class, refused -> {
            assertThat(refused.reason()).isEqualTo(FailureReason.BAD_INPUT);
            assertThat(refused.field()).contains(field);
            assertThat(refused.detail()).contains(message);
        });
    }

    @Test
    void problemIsNamedByItsIdOrItsRow() throws IOException {
        DataSource source = file("a.jsonl", """
                {"id": "x", "question": "How many?", "answer": "007"}
                {"id": "y", "question": "Two $5 notes?", "answer": "#### 10"}
                """);

        assertThat(dataSets.rows(source))
                .containsExactly(
                        new ProblemRow("1", "How many?", "007"), new ProblemRow("2", "Two $5 notes?", "#### 10"));
        assertThat(dataSets.rows(new DataSource(source.path(), "auto", "id", "{{question}}", "answer", 1)))
                .containsExactly(new ProblemRow("x", "How many?", "007"));
    }

    @Test
    void missingColumnIsNamedWithThoseThatAreThere() throws IOException {
        assertRefused(
                file("a.jsonl", "{\"problem\": \"a\", \"answer\": \"b\"}\n"),
                "columns.question",
                "has no column question; it has problem, answer");
    }

    @Test
    void blankAnswerNamesItsRows() throws IOException {
        assertRefused(file("a.jsonl", """
                        {"question": "a", "answer": "b"}
                        {"question": "a", "answer": " "}
                        {"question": "a"}
                        {"question": "a", "answer": null}
                        {"question": "a", "answer": ""}
                        """), "columns.answer", "row 2, 3, 4 and 1 more of ");
    }

    @ParameterizedTest
    @CsvSource({"a.jsonl,''", "a.json,[]", "a.csv,'question,answer\n'"})
    void emptyDataSetIsRefused(String name, String content) throws IOException {
        assertRefused(file(name, content), "path", "holds no problem");
    }

    @Test
    void missingFileIsNamed() {
        assertRefused(source(folder.resolve("none.jsonl"), "q", "a"), "path", "there is no file " + folder);
    }

    @Test
    void unknownEndingAsksForTheFormat() throws IOException {
        assertRefused(file("a.txt", "x"), "format", "set it to jsonl, json, csv or parquet");
    }

    @Test
    void changedFileIsRefused() throws IOException {
        DataSource source = file("a.jsonl", "{\"question\": \"a\", \"answer\": \"b\"}\n");
        DataSource pinned = source.pinned(dataSets.check(source));
        Files.writeString(folder.resolve("a.jsonl"), "{\"question\": \"a\", \"answer\": \"c\"}\n");

        assertThatThrownBy(() -> new DataSets().rows(pinned))
                .isInstanceOf(CooperException.class)
                .hasMessageContaining("bring back the file that the run was made for");
    }

    @ParameterizedTest
    @CsvSource({
        "gsm8k-train.jsonl,7473,question,answer",
        "gsm8k-test.jsonl,1319,question,answer",
        "svamp.json,1000,{{Body}} {{Question}},Answer",
        "math500.jsonl,500,problem,answer",
        "olympiadbench-en.jsonl,675,question,final_answer"
    })
    void publishedDataSetIsRead(String name, int rows, String question, String answer) {
        Path path = Path.of("../../shared/data", name).toAbsolutePath().normalize();
        Assumptions.assumeTrue(Files.exists(path), () -> "skipped: " + path + " is not here");

        List<ProblemRow> read = dataSets.rows(source(path, question, answer));

        assertThat(read).hasSize(rows);
        if (name.startsWith("gsm8k")) {
            assertThat(read).allSatisfy(row -> assertThat(row.answer()).contains("\n#### "));
        }
    }
}
