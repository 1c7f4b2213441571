package dev.cooper.platform.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableFileTest {

    private static final List<TableField> FIELDS =
            List.of(TableField.required("question", "question"), TableField.required("answer", "answer"));

    private static final List<Map<String, String>> TWO = List.of(
            Map.of("question", "How many?", "answer", "007"),
            Map.of("question", "Zwölf \"mal\" 3, in €?", "answer", "#### 36"));

    @TempDir
    Path folder;

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static List<Map<String, String>> read(Path file) {
        return new TableFile(file, "auto").rows(FIELDS, 0);
    }

    private static void assertRefused(Path file, String field, String message) {
        assertThatThrownBy(() -> read(file)).isInstanceOfSatisfying(CooperException.class, refused -> {
            assertThat(refused.reason()).isEqualTo(FailureReason.BAD_INPUT);
            assertThat(refused.field()).contains(field);
            assertThat(refused.detail()).contains(message);
        });
    }

    @Test
    void jsonLinesAreRead() throws IOException {
        assertThat(read(file("a.jsonl", """
                {"question": "How many?", "answer": "007"}
                {"question": "Zwölf \\"mal\\" 3, in €?", "answer": "#### 36", "more": [1]}
                """))).isEqualTo(TWO);
    }

    @Test
    void jsonArrayIsRead() throws IOException {
        assertThat(read(file("a.json", """
                [{"question": "How many?", "answer": "007"},
                 {"question": "Zwölf \\"mal\\" 3, in €?", "answer": "#### 36"}]
                """))).isEqualTo(TWO);
    }

    @Test
    void objectsThatAreWrappedInTheirNameAreUnwrapped() throws IOException {
        assertThat(read(file("a.jsonl", """
                {"first": {"question": "How many?", "answer": "007"}}
                {"second": {"question": "Zwölf \\"mal\\" 3, in €?", "answer": "#### 36"}}
                """))).isEqualTo(TWO);
    }

    @Test
    void csvIsReadAsText() throws IOException {
        assertThat(read(file("a.csv", """
                question,answer
                How many?,007
                "Zwölf ""mal"" 3, in €?",#### 36
                """))).isEqualTo(TWO);
    }

    @Test
    void parquetIsReadWithListsAndNumbersAsText() throws Exception {
        Path file = folder.resolve("a.parquet");
        try (var duckdb = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duckdb.createStatement()) {
            statement.execute("copy (select * from (values ('How many?', '007', 3, ['x', 'y']),"
                    + " ('Zwölf \"mal\" 3, in €?', '#### 36', 4, ['z'])) as t(question, answer, level, tags)) to '"
                    + file + "'");
        }

        assertThat(read(file)).isEqualTo(TWO);
        assertThat(new TableFile(file, "auto").rows(List.of(TableField.required("both", "{{level}}: {{tags}}")), 0))
                .containsExactly(Map.of("both", "3: x, y"), Map.of("both", "4: z"));
        assertThat(new TableFile(file, "auto").columns()).containsExactly("question", "answer", "level", "tags");
    }

    @Test
    void templateJoinsColumnsAndNumbersKeepTheirText() throws IOException {
        Path file = file("problems", """
                [{"ID": "chal-1", "Body": "Two $5 notes.", "Question": "How much?", "Answer": 10.0, "a/b~c": ["x", "y"]}]
                """);

        assertThat(new TableFile(file, "json")
                        .rows(
                                List.of(
                                        TableField.required("question", "{{Body}} {{ Question }}"),
                                        TableField.required("answer", "{{Answer}} {{a/b~c}}")),
                                0))
                .containsExactly(Map.of("question", "Two $5 notes. How much?", "answer", "10.0 x, y"));
    }

    @Test
    void limitCutsTheEnd() throws IOException {
        Path file = file("a.jsonl", "{\"q\": \"1\"}\n{\"q\": \"2\"}\n{\"q\": \"3\"}\n");

        assertThat(new TableFile(file, "auto").rows(List.of(TableField.required("question", "q")), 2))
                .containsExactly(Map.of("question", "1"), Map.of("question", "2"));
    }

    @Test
    void missingColumnIsNamedWithThoseThatAreThere() throws IOException {
        assertRefused(
                file("a.jsonl", "{\"problem\": \"a\", \"answer\": \"b\"}\n"),
                "columns.question",
                "has no column question; it has problem, answer");
    }

    @Test
    void blankNamesItsRowsUnlessItMayBe() throws IOException {
        Path file = file("a.jsonl", """
                {"question": "a", "answer": "b"}
                {"question": "a", "answer": " "}
                {"question": "a"}
                {"question": "a", "answer": null}
                {"question": "a", "answer": ""}
                """);

        assertRefused(file, "columns.answer", "row 2, 3, 4 and 1 more of ");
        assertThat(new TableFile(file, "auto").rows(List.of(TableField.optional("answer", "answer")), 0))
                .extracting(row -> row.get("answer"))
                .containsExactly("b", " ", "", "", "");
    }

    @Test
    void fileWithoutRowsHasNone() throws IOException {
        assertThat(read(file("a.jsonl", ""))).isEmpty();
        assertThat(read(file("a.json", "[]"))).isEmpty();
        assertThat(read(file("a.csv", "question,answer\n"))).isEmpty();
    }

    @Test
    void missingFileIsNamed() {
        assertRefused(folder.resolve("none.jsonl"), "path", "there is no file " + folder);
    }

    @Test
    void formatThatIsUnknownIsAskedFor() throws IOException {
        Path file = file("a.txt", "x");

        assertRefused(file, "format", "set it to jsonl, json, csv or parquet");
        assertThatThrownBy(() -> new TableFile(file, "xml"))
                .isInstanceOf(CooperException.class)
                .hasMessage("must be auto, jsonl, json, csv or parquet, not 'xml'");
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
    void fileThatIsCutOffIsRefusedAndNotReadWithoutItsEnd() throws IOException {
        String one = "{\"question\": \"a\", \"answer\": \"b\"}";

        assertRefused(file("a.jsonl", one + "\n{\"question\": \"a"), "path", "cannot be read as JSON lines");
        assertRefused(file("a.json", "[" + one + ", " + one), "path", "cannot be read as a JSON array");
        assertRefused(file("b.jsonl", "{"), "path", "it is cut off at its end");
        assertThat(read(file("a.jsonl", one + "\n" + one + " \n\n"))).hasSize(2);
    }
}
