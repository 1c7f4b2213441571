package dev.cooper.platform.table;

import dev.cooper.platform.failure.CooperException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The formats that a file of rows may have, as DuckDB reads them. */
enum TableFormat {
    /** One JSON object a line. */
    JSONL("JSON lines"),
    /** One array of JSON objects. */
    JSON("a JSON array of objects"),
    /** With a header row. */
    CSV("CSV with a header row"),
    PARQUET("Parquet");

    private final String label;

    TableFormat(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /**
     * A format by its name.
     *
     * @param name jsonl, ndjson, json, csv, parquet, or auto for the one that the file's name ends in
     * @throws CooperException BAD_INPUT with the field {@code format} if it is none of them
     */
    static TableFormat of(String name, Path file) {
        String asked = name;
        if (name.equals("auto")) {
            String ending = file.toString().toLowerCase(Locale.ROOT);
            asked = ending.substring(ending.lastIndexOf('.') + 1);
        }
        return switch (asked) {
            case "jsonl", "ndjson" -> JSONL;
            case "json" -> JSON;
            case "csv" -> CSV;
            case "parquet" -> PARQUET;
            default ->
                throw CooperException.badInput(
                        "format",
                        name.equals("auto")
                                ? "cannot be told from the name " + file + "; set it to jsonl, json, csv or parquet"
                                : "must be auto, jsonl, json, csv or parquet, not '" + name + "'");
        };
    }

    /**
     * Whether the file is there to its end. DuckDB passes over an object that is cut off where the file ends, as by a
     * disk that was full.
     */
    boolean isWhole(Path path) throws IOException {
        return switch (this) {
            case JSONL -> endsWith(path, '}');
            case JSON -> endsWith(path, ']');
            // DuckDB knows the ends of these.
            case CSV, PARQUET -> true;
        };
    }

    /** Whether that is the last byte that is not blank; true of a file without any. */
    private static boolean endsWith(Path path, char last) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            for (long at = file.length() - 1; at >= 0; at--) {
                file.seek(at);
                int found = file.read();
                if (!Character.isWhitespace(found)) {
                    return found == last;
                }
            }
            return true;
        }
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
