package dev.cooper.platform.table;

import dev.cooper.platform.failure.CooperException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A file of rows in JSON lines, JSON, CSV or Parquet. Values come as the text that the file holds, a list as its
 * elements with commas. Errors name the fields {@code path}, {@code format} and {@code columns.FIELD}.
 */
public final class TableFile {

    private static final int BLANKS_NAMED = 3;

    private final Path path;
    private final TableFormat format;

    /**
     * A file that is there.
     *
     * @param format jsonl, json, csv, parquet, or auto for what the file's name ends in
     * @throws CooperException BAD_INPUT if it is not there, or the format is unknown
     */
    public TableFile(Path path, String format) {
        if (!Files.isRegularFile(path)) {
            throw CooperException.badInput("path", "there is no file " + path);
        }
        this.path = path;
        this.format = TableFormat.of(format, path);
    }

    /**
     * The columns that it has, of JSON the keys of its first object; none if it has no row.
     *
     * @throws CooperException BAD_INPUT if it cannot be read
     */
    public Set<String> columns() {
        return queried(statement -> format.columns(statement, path).keySet());
    }

    /**
     * Reads rows in their order. Only the columns that the fields need are read.
     *
     * @param limit rows read from the beginning; 0 reads all
     * @return for each row the value of each field by its name, blank where there is none
     * @throws CooperException BAD_INPUT if it cannot be read, lacks a column, or is blank where a value is required
     */
    public List<Map<String, String>> rows(List<TableField> fields, int limit) {
        List<Map<String, String>> rows = queried(statement -> rows(statement, fields, limit));
        fields.stream().filter(field -> !field.mayBeBlank()).forEach(field -> requireFilled(field, rows));
        return rows;
    }

    private List<Map<String, String>> rows(Statement statement, List<TableField> fields, int limit)
            throws SQLException {
        Map<String, String> present = format.columns(statement, path);
        if (present.isEmpty()) {
            return List.of();
        }
        Map<TableField, Column> columns = new LinkedHashMap<>();
        Set<String> wanted = new LinkedHashSet<>();
        for (TableField field : fields) {
            Column column = new Column(field.column());
            requirePresent(field, column, present.keySet());
            columns.put(field, column);
            wanted.addAll(column.names());
        }
        List<String> names = List.copyOf(wanted);
        String select = names.stream().map(present::get).collect(Collectors.joining(", "));
        String cut = limit == 0 ? "" : " limit " + limit;
        List<Map<String, String>> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery("select " + select + " from " + format.table(path) + cut)) {
            while (result.next()) {
                Map<String, String> cells = new LinkedHashMap<>();
                for (int i = 0; i < names.size(); i++) {
                    cells.put(names.get(i), orEmpty(result.getString(i + 1)));
                }
                Map<String, String> row = new LinkedHashMap<>();
                columns.forEach(
                        (field, column) -> row.put(field.name(), column.value(name -> cells.getOrDefault(name, ""))));
                rows.add(row);
            }
        }
        return rows;
    }

    private void requirePresent(TableField field, Column column, Set<String> present) {
        List<String> absent =
                column.names().stream().filter(name -> !present.contains(name)).toList();
        if (!absent.isEmpty()) {
            throw CooperException.badInput(
                    "columns." + field.name(),
                    path + " has no column " + String.join(", ", absent) + "; it has " + String.join(", ", present));
        }
    }

    private void requireFilled(TableField field, List<Map<String, String>> rows) {
        List<Integer> blank = IntStream.range(0, rows.size())
                .filter(i -> rows.get(i).getOrDefault(field.name(), "").isBlank())
                .mapToObj(i -> i + 1)
                .toList();
        if (!blank.isEmpty()) {
            String numbers =
                    blank.stream().limit(BLANKS_NAMED).map(String::valueOf).collect(Collectors.joining(", "));
            String more = blank.size() > BLANKS_NAMED ? " and " + (blank.size() - BLANKS_NAMED) + " more" : "";
            throw CooperException.badInput(
                    "columns." + field.name(),
                    "row " + numbers + more + " of " + path + ": " + field.column()
                            + " is blank; fill it or drop the row");
        }
    }

    private interface Query<T> {
        T of(Statement statement) throws SQLException;
    }

    private <T> T queried(Query<T> query) {
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            T found = query.of(statement);
            if (!format.isWhole(path)) {
                throw unreadable("it is cut off at its end", null);
            }
            return found;
        } catch (SQLException | IOException e) {
            throw unreadable(
                    orEmpty(e.getMessage()).lines().findFirst().orElse("").strip(), e);
        }
    }

    private CooperException unreadable(String why, @Nullable Exception cause) {
        return CooperException.badInput("path", path + " cannot be read as " + format.label() + ": " + why, cause);
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }
}
