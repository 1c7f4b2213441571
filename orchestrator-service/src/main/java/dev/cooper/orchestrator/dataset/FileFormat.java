package dev.cooper.orchestrator.dataset;

import dev.cooper.orchestrator.spec.RunSpec.DataSource;
import dev.cooper.platform.failure.CooperException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The file formats that a data set may have, as DuckDB reads them. */
enum FileFormat {
    /** One JSON object a line. */
    JSONL("JSON lines"),
    /** One array of JSON objects. */
    JSON("a JSON array of objects"),
    /** With a header row. */
    CSV("CSV with a header row"),
    PARQUET("Parquet");

    private final String label;

    FileFormat(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** The format that the source names, or the one that its file's name ends in. */
    static FileFormat of(DataSource source) {
        String name = source.format();
        if (name.equals("auto")) {
            String file = source.path().toLowerCase(Locale.ROOT);
            name = file.substring(file.lastIndexOf('.') + 1);
        }
        return switch (name) {
            case "jsonl", "ndjson" -> JSONL;
            case "json" -> JSON;
            case "csv" -> CSV;
            case "parquet" -> PARQUET;
            default ->
                throw CooperException.badInput(
                        "format",
                        "cannot be told from the name " + source.path() + "; set it to jsonl, json, csv or parquet");
        };
    }

    /** What stands after {@code from}. */
    String table(Path path) {
        String file = "'" + path.toString().replace("'", "''") + "'";
        return switch (this) {
            case JSONL -> objects("read_json_objects(" + file + ", format = 'newline_delimited')");
            case JSON -> objects("read_json_objects(" + file + ", format = 'array')");
            // As text, or 007 would come back as 7.
            case CSV -> "read_csv(" + file + ", header = true, all_varchar = true)";
            case PARQUET -> "read_parquet(" + file + ")";
        };
    }

    /** An object whose only value is an object is that one: some data sets wrap each problem in its name. */
    private static String objects(String read) {
        return "(select case when len(json_keys(json)) = 1 and json_type(json, '$.' || '\"' || json_keys(json)[1] || '\"')"
                + " = 'OBJECT' then json_extract(json, '$.*')[1] else json end as json from " + read + ")";
    }

    /** The columns that the file has: for each name the SQL that gives its value as text. Empty when it has no row. */
    Map<String, String> columns(Statement statement, Path path) throws SQLException {
        return switch (this) {
            case JSONL, JSON -> keys(statement, path);
            case CSV, PARQUET -> described(statement, path);
        };
    }

    private Map<String, String> keys(Statement statement, Path path) throws SQLException {
        Map<String, String> columns = new LinkedHashMap<>();
        // The keys of the first object; a later object without one of them has a blank there.
        String first = "(select json from " + table(path) + " limit 1)";
        try (ResultSet keys = statement.executeQuery("select unnest(json_keys(json)) from " + first)) {
            while (keys.next()) {
                String pointer = "'/"
                        + keys.getString(1)
                                .replace("~", "~0")
                                .replace("/", "~1")
                                .replace("'", "''") + "'";
                columns.put(
                        keys.getString(1),
                        "case json_type(json, " + pointer + ") when 'ARRAY' then array_to_string(from_json("
                                + "json_extract(json, " + pointer + "), '[\"VARCHAR\"]'), ', ')"
                                + " else json_extract_string(json, " + pointer + ") end");
            }
        }
        return columns;
    }

    private Map<String, String> described(Statement statement, Path path) throws SQLException {
        Map<String, String> columns = new LinkedHashMap<>();
        try (ResultSet described = statement.executeQuery("describe select * from " + table(path))) {
            while (described.next()) {
                String name = described.getString("column_name");
                String quoted = "\"" + name.replace("\"", "\"\"") + "\"";
                boolean list = described.getString("column_type").endsWith("[]");
                columns.put(
                        name,
                        list ? "array_to_string(" + quoted + "::varchar[], ', ')" : "cast(" + quoted + " as varchar)");
            }
        }
        return columns;
    }
}
