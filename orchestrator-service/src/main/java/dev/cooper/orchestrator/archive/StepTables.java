package dev.cooper.orchestrator.archive;

import dev.cooper.platform.line.LogRecord;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import tools.jackson.databind.json.JsonMapper;

/**
 * A step's Parquet files, by DuckDB. {@code scored.parquet} has a row a completion (and one a failed group, without a
 * sample); {@code records.parquet} has the bytes of the records themselves. Not thread-safe.
 */
final class StepTables implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String SCORED = """
            create or replace temp table scored (
                slot integer, sample integer, problem_id varchar, question varchar, reference varchar, prompt varchar,
                policy_version bigint, failure varchar, text varchar, tokens integer, token_ids integer[],
                log_probs float[], finish_reason varchar, verdict varchar, reason varchar, extracted_answer varchar,
                explanation varchar, topic varchar, "partition" integer, "offset" bigint, sha256 varchar)""";
    private static final String RECORDS = """
            create or replace temp table records (
                slot integer, topic varchar, "partition" integer, "offset" bigint, sha256 varchar, key varchar,
                headers varchar, value blob)""";

    private final DuckDBConnection duckdb;

    /** Opens DuckDB in memory, which takes about a second the first time, and little afterwards. */
    StepTables() throws SQLException {
        this.duckdb = DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
        // The step's work waits for this thread only; more of them would take cores from sampling.
        execute("set threads = 1");
    }

    /** Writes both files, overwriting what is there. */
    void write(List<ArchivedGroup> groups, List<LogRecord> records, Path scored, Path raw) throws SQLException {
        execute(SCORED);
        execute(RECORDS);
        try (DuckDBAppender rows = appender("scored")) {
            for (ArchivedGroup group : groups) {
                append(rows, group);
            }
        }
        try (DuckDBAppender rows = appender("records")) {
            for (int i = 0; i < records.size(); i++) {
                append(rows, groups.get(i), records.get(i));
            }
        }
        copy("select * from scored order by slot, sample", scored);
        copy("select * from records order by slot", raw);
        execute("drop table scored");
        execute("drop table records");
    }

    private DuckDBAppender appender(String table) throws SQLException {
        return duckdb.createAppender("temp", DuckDBConnection.DEFAULT_SCHEMA, table);
    }

    private void copy(String select, Path file) throws SQLException {
        execute("copy (" + select + ") to " + quoted(file) + " (format parquet, compression zstd)");
    }

    private static void append(DuckDBAppender rows, ArchivedGroup group) throws SQLException {
        if (group.completions().isEmpty()) {
            beginRow(rows, group).appendNull();
            endProblem(rows, group);
            for (int column = 0; column < 9; column++) {
                rows.appendNull();
            }
            endRow(rows, group);
        }
        for (ArchivedCompletion completion : group.completions()) {
            beginRow(rows, group).append(completion.sample());
            endProblem(rows, group);
            rows.append(completion.text())
                    .append(completion.tokens())
                    .append(completion.tokenIds())
                    .append(completion.logProbs())
                    .append(completion.finishReason())
                    .append(completion.verdict())
                    .append(completion.reason())
                    .append(completion.extractedAnswer())
                    .append(completion.explanation());
            endRow(rows, group);
        }
    }

    private static DuckDBAppender beginRow(DuckDBAppender rows, ArchivedGroup group) throws SQLException {
        return rows.beginRow().append(group.slot());
    }

    private static void endProblem(DuckDBAppender rows, ArchivedGroup group) throws SQLException {
        rows.append(group.problemId())
                .append(group.question())
                .append(group.reference())
                .append(group.prompt())
                .append(group.policyVersion())
                .append(group.failure());
    }

    private static void endRow(DuckDBAppender rows, ArchivedGroup group) throws SQLException {
        rows.append(group.topic())
                .append(group.partition())
                .append(group.offset())
                .append(group.sha256())
                .endRow();
    }

    private static void append(DuckDBAppender rows, ArchivedGroup group, LogRecord record) throws SQLException {
        rows.beginRow()
                .append(group.slot())
                .append(group.topic())
                .append(record.partition())
                .append(record.offset())
                .append(group.sha256())
                .append(record.key())
                .append(JSON.writeValueAsString(record.headers()))
                .append(record.value())
                .endRow();
    }

    /** The groups of a scored.parquet, in the order of slots. */
    List<ArchivedGroup> read(Path scored) throws SQLException {
        Map<Integer, ArchivedGroup> groups = new LinkedHashMap<>();
        try (Statement statement = duckdb.createStatement();
                ResultSet row = statement.executeQuery(
                        "select * from read_parquet(" + quoted(scored) + ") order by slot, sample")) {
            while (row.next()) {
                List<ArchivedCompletion> completions = new ArrayList<>();
                ArchivedGroup known = groups.get(row.getInt("slot"));
                if (known != null) {
                    completions.addAll(known.completions());
                }
                if (row.getObject("sample") != null) {
                    completions.add(completion(row));
                }
                groups.put(row.getInt("slot"), group(row, completions));
            }
        }
        return List.copyOf(groups.values());
    }

    private static ArchivedGroup group(ResultSet row, List<ArchivedCompletion> completions) throws SQLException {
        return new ArchivedGroup(
                row.getInt("slot"),
                row.getString("problem_id"),
                row.getString("question"),
                row.getString("reference"),
                row.getString("prompt"),
                row.getLong("policy_version"),
                row.getString("failure"),
                row.getString("topic"),
                row.getInt("partition"),
                row.getLong("offset"),
                row.getString("sha256"),
                completions);
    }

    private static ArchivedCompletion completion(ResultSet row) throws SQLException {
        return new ArchivedCompletion(
                row.getInt("sample"),
                row.getString("text"),
                row.getInt("tokens"),
                list(row, "token_ids").stream()
                        .map(id -> ((Number) id).intValue())
                        .toList(),
                list(row, "log_probs").stream()
                        .map(logProb -> ((Number) logProb).floatValue())
                        .toList(),
                row.getString("finish_reason"),
                row.getString("verdict"),
                row.getString("reason"),
                row.getString("extracted_answer"),
                row.getString("explanation"));
    }

    private static List<Object> list(ResultSet row, String column) throws SQLException {
        return List.of((Object[]) row.getArray(column).getArray());
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = ((Connection) duckdb).createStatement()) {
            statement.execute(sql);
        }
    }

    private static String quoted(Path file) {
        return "'" + file.toString().replace("'", "''") + "'";
    }

    @Override
    public void close() throws SQLException {
        duckdb.close();
    }
}
