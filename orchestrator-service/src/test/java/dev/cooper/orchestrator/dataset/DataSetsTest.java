package dev.cooper.orchestrator.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.orchestrator.spec.RunSpec.DataSource;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataSetsTest {

    private static final List<ProblemRow> TWO =
            List.of(new ProblemRow("1", "How many?", "007"), new ProblemRow("2", "Zwölf \"mal\" 3, in €?", "#### 36"));

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
    void jsonLinesAreRead() throws IOException {
        assertThat(dataSets.rows(file("a.jsonl", """
                {"question": "How many?", "answer": "007"}
                {"question": "Zwölf \\"mal\\" 3, in €?", "answer": "#### 36", "more": [1]}
                """))).isEqualTo(TWO);
    }

    @Test
    void jsonArrayIsRead() throws IOException {
        assertThat(dataSets.rows(file("a.json", """
                [{"question": "How many?", "answer": "007"},
                 {"question": "Zwölf \\"mal\\" 3, in €?", "answer": "#### 36"}]
                """))).isEqualTo(TWO);
    }

    @Test
    void csvIsReadAsText() throws IOException {
        assertThat(dataSets.rows(file("a.csv", """
                question,answer
                How many?,007
                "Zwölf ""mal"" 3, in €?",#### 36
                """))).isEqualTo(TWO);
    }

    @Test
    void parquetIsRead() throws Exception {
        Path path = folder.resolve("a.parquet");
        try (var duckdb = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duckdb.createStatement()) {
            statement.execute("copy (select * from (values ('How many?', '007', 3),"
                    + " ('Zwölf \"mal\" 3, in €?', '#### 36', 4)) as t(question, answer, level)) to '" + path + "'");
        }

        assertThat(dataSets.rows(source(path, "question", "answer"))).isEqualTo(TWO);
        assertThat(dataSets.rows(source(path, "question", "level")))
                .extracting(ProblemRow::answer)
                .containsExactly("3", "4");
    }

    @Test
    void templateJoinsColumnsAndNumbersKeepTheirText() throws IOException {
        Path path = Files.writeString(folder.resolve("a.json"), """
                [{"ID": "chal-1", "Body": "Two $5 notes.", "Question": "How much?", "Answer": 10.0, "a/b~c": ["x", "y"]}]
                """);
        DataSource source =
                new DataSource(path.toString(), "json", "ID", "{{Body}} {{ Question }}", "{{Answer}} {{a/b~c}}", 0);

        assertThat(dataSets.rows(source))
                .containsExactly(new ProblemRow("chal-1", "Two $5 notes. How much?", "10.0 x, y"));
    }

    @Test
    void limitCutsTheEnd() throws IOException {
        Path path = Files.writeString(folder.resolve("a.jsonl"), "{\"q\": \"1\"}\n{\"q\": \"2\"}\n{\"q\": \"3\"}\n");

        assertThat(dataSets.rows(new DataSource(path.toString(), "auto", "", "q", "q", 2)))
                .extracting(ProblemRow::question)
                .containsExactly("1", "2");
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
    void brokenFileNamesWhereItBreaks() throws IOException {
        assertRefused(
                file("a.jsonl", "{\"question\": \"a\", \"answer\": \"b\"}\n{\"question\": \"a\", \n"),
                "path",
                "in line ");
        assertRefused(file("a.parquet", "no parquet"), "path", "cannot be read as Parquet");
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
