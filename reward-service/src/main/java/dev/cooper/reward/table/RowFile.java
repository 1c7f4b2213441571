package dev.cooper.reward.table;

import dev.cooper.platform.failure.CooperException;
import java.io.BufferedReader;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rows of a file in JSON lines, JSON, CSV or Parquet: for each column its value as text, blank where it is none.
 */
public final class RowFile {

    private static final JsonMapper JSON = new JsonMapper();

    private RowFile() {}

    /**
     * Reads rows from the beginning of a file, whose format is what its name ends in.
     *
     * @param limit most rows; 0 reads all
     * @throws CooperException BAD_INPUT with the field {@code data.path} if it cannot be read
     */
    public static List<Map<String, String>> read(Path file, int limit) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        long most = limit == 0 ? Long.MAX_VALUE : limit;
        try {
            return switch (name.substring(name.lastIndexOf('.') + 1)) {
                case "jsonl", "ndjson" -> jsonLines(file, most);
                case "json" -> json(file, most);
                // As text, or 007 would come back as 7.
                case "csv" ->
                    table("read_csv(" + ParquetTable.quoted(file) + ", header = true, all_varchar = true)", most);
                case "parquet" -> table("read_parquet(" + ParquetTable.quoted(file) + ")", most);
                default ->
                    throw bad(
                            file, "has a format that its name does not tell; name it .jsonl, .json, .csv or .parquet");
            };
        } catch (IOException | SQLException | JacksonException e) {
            throw bad(file, "cannot be read: " + firstLine(e));
        }
    }

    private static List<Map<String, String>> jsonLines(Path file, long most) throws IOException {
        List<Map<String, String>> rows = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null && rows.size() < most; line = lines.readLine()) {
                rows.add(row(file, rows.size() + 1, JSON.readTree(line)));
            }
        }
        return rows;
    }

    private static List<Map<String, String>> json(Path file, long most) throws IOException {
        List<Map<String, String>> rows = new ArrayList<>();
        for (JsonNode object : JSON.readTree(Files.readString(file))) {
            if (rows.size() == most) {
                break;
            }
            rows.add(row(file, rows.size() + 1, object));
        }
        return rows;
    }

    private static Map<String, String> row(Path file, int number, JsonNode object) {
        if (!object.isObject()) {
            throw bad(file, "has no JSON object as row " + number);
        }
        Map<String, String> row = new LinkedHashMap<>();
        object.properties().forEach(value -> row.put(value.getKey(), text(value.getValue())));
        return row;
    }

    /** A list of answers is one answer with commas, as benchmarks mean it. */
    private static String text(JsonNode value) {
        if (value.isNull()) {
            return "";
        }
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false)
                        .map(RowFile::text)
                        .collect(Collectors.joining(", "))
                : value.isValueNode() ? value.asString() : value.toString();
    }

    private static List<Map<String, String>> table(String from, long most) throws SQLException {
        List<Map<String, String>> rows = new ArrayList<>();
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement();
                ResultSet result = statement.executeQuery("select * from " + from + " limit " + most)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 1; i <= columns; i++) {
                    String value = result.getString(i);
                    row.put(result.getMetaData().getColumnLabel(i), value == null ? "" : value);
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static CooperException bad(Path file, String problem) {
        return CooperException.badInput("data.path", file + " " + problem);
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
