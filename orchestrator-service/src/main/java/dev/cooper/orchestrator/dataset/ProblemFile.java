package dev.cooper.orchestrator.dataset;

import dev.cooper.orchestrator.spec.RunSpec.DataSource;
import dev.cooper.platform.failure.CooperException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the problems of one file by DuckDB, in the order of its rows. Values come as the text that the file holds. */
final class ProblemFile {

    private static final int BLANKS_NAMED = 3;

    private final DataSource source;
    private final Path path;
    private final Column id;
    private final Column question;
    private final Column answer;

    ProblemFile(DataSource source) {
        this.source = source;
        this.path = Path.of(source.path());
        this.id = new Column(source.id());
        this.question = new Column(source.question());
        this.answer = new Column(source.answer());
    }

    /** @throws CooperException BAD_INPUT, its field the part of the source that is wrong */
    List<ProblemRow> read() {
        if (!Files.isRegularFile(path)) {
            throw CooperException.badInput("path", "there is no file " + path);
        }
        FileFormat format = FileFormat.of(source);
        List<ProblemRow> rows;
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            rows = rows(statement, format);
        } catch (SQLException e) {
            throw unreadable(path, format, e);
        }
        if (rows.isEmpty()) {
            throw CooperException.badInput("path", path + " holds no problem: it has no row");
        }
        requireFilled(
                "columns.question",
                question,
                rows.stream().map(ProblemRow::question).toList());
        requireFilled(
                "columns.answer", answer, rows.stream().map(ProblemRow::answer).toList());
        return rows;
    }

    /** A file that DuckDB cannot read in this format. */
    static CooperException unreadable(Path path, FileFormat format, SQLException cause) {
        return CooperException.badInput(
                "path", path + " cannot be read as " + format.label() + ": " + firstLine(cause.getMessage()));
    }

    private List<ProblemRow> rows(Statement statement, FileFormat format) throws SQLException {
        Map<String, String> present = format.columns(statement, path);
        if (present.isEmpty()) {
            return List.of();
        }
        Set<String> wanted = new LinkedHashSet<>();
        wanted.addAll(required("columns.question", question, present));
        wanted.addAll(required("columns.answer", answer, present));
        if (!source.id().isEmpty()) {
            wanted.addAll(required("columns.id", id, present));
        }
        List<String> names = List.copyOf(wanted);
        String select = names.stream().map(present::get).collect(Collectors.joining(", "));
        String limit = source.limit() == 0 ? "" : " limit " + source.limit();
        List<ProblemRow> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery("select " + select + " from " + format.table(path) + limit)) {
            while (result.next()) {
                Map<String, String> row = new HashMap<>();
                for (int i = 0; i < names.size(); i++) {
                    row.put(names.get(i), orEmpty(result.getString(i + 1)));
                }
                rows.add(problem(rows.size() + 1, row));
            }
        }
        return rows;
    }

    private ProblemRow problem(int number, Map<String, String> row) {
        UnaryOperator<String> column = name -> row.getOrDefault(name, "");
        return new ProblemRow(
                source.id().isEmpty() ? Integer.toString(number) : id.value(column),
                question.value(column),
                answer.value(column));
    }

    private List<String> required(String field, Column column, Map<String, String> present) {
        List<String> absent = column.names().stream()
                .filter(name -> !present.containsKey(name))
                .toList();
        if (!absent.isEmpty()) {
            throw CooperException.badInput(
                    field,
                    path + " has no column " + String.join(", ", absent) + "; it has "
                            + String.join(", ", present.keySet()));
        }
        return column.names();
    }

    private void requireFilled(String field, Column column, List<String> values) {
        List<Integer> blank = Stream.iterate(0, i -> i < values.size(), i -> i + 1)
                .filter(i -> values.get(i).isBlank())
                .map(i -> i + 1)
                .toList();
        if (!blank.isEmpty()) {
            String rows =
                    blank.stream().limit(BLANKS_NAMED).map(String::valueOf).collect(Collectors.joining(", "));
            String more = blank.size() > BLANKS_NAMED ? " and " + (blank.size() - BLANKS_NAMED) + " more" : "";
            throw CooperException.badInput(
                    field, "row " + rows + more + " of " + path + ": " + column + " is blank; fill it or drop the row");
        }
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static String firstLine(@Nullable String message) {
        return orEmpty(message).lines().findFirst().orElse("").strip();
    }
}
