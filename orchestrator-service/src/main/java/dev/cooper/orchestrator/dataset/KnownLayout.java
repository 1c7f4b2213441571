package dev.cooper.orchestrator.dataset;

import dev.cooper.orchestrator.spec.RunSpec.DataSource;
import dev.cooper.platform.failure.CooperException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;

/** Tells where a problem's question and answer stand in a file, by the columns that it has. */
public final class KnownLayout {

    private record Layout(String question, String answer, Set<String> columns) {}

    /** Of the benchmarks in use, as they are published. The first that fits holds. */
    private static final List<Layout> LAYOUTS = List.of(
            new Layout("{{Body}} {{Question}}", "Answer", Set.of("Body", "Question", "Answer")),
            new Layout("question", "answer", Set.of("question", "answer")),
            new Layout("question", "final_answer", Set.of("question", "final_answer")),
            new Layout("problem", "answer", Set.of("problem", "answer")),
            new Layout("problem", "solution", Set.of("problem", "solution")),
            new Layout("prompt", "answer", Set.of("prompt", "answer")));

    private KnownLayout() {}

    /**
     * The source that reads a file.
     *
     * @param limit rows read from the beginning; 0 reads all
     * @throws CooperException BAD_INPUT when the file cannot be read, or no layout fits its columns
     */
    public static DataSource source(Path file, int limit) {
        if (!Files.isRegularFile(file)) {
            throw CooperException.badInput("path", "there is no file " + file);
        }
        Set<String> present = columns(file);
        Layout layout = LAYOUTS.stream()
                .filter(known -> present.containsAll(known.columns()))
                .findFirst()
                .orElseThrow(() -> CooperException.badInput(
                        "columns",
                        file + " has the columns " + String.join(", ", present)
                                + ", none of the known layouts; name them question and answer"));
        return new DataSource(file.toString(), "auto", "", layout.question(), layout.answer(), limit);
    }

    private static Set<String> columns(Path file) {
        DataSource unread = new DataSource(file.toString(), "auto", "", "", "", 0);
        FileFormat format = FileFormat.of(unread);
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            return format.columns(statement, file).keySet();
        } catch (SQLException e) {
            throw ProblemFile.unreadable(file, format, e);
        }
    }
}
