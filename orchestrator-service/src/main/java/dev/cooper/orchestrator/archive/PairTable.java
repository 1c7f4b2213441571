package dev.cooper.orchestrator.archive;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBAppender;

/** {@code pairs.parquet}: a row a group of the step, with its pair or with why there is none. */
final class PairTable {

    private static final String COLUMNS = """
            slot integer, outcome varchar, problem_id varchar, question varchar, reference varchar, prompt varchar,
            none_reason varchar, none_detail varchar, positive_text varchar, positive_sample integer,
            positive_reason varchar, positive_answer varchar, positive_explanation varchar, negative_text varchar,
            negative_sample integer, negative_reason varchar, negative_answer varchar, negative_explanation varchar,
            source varchar, style varchar, attempts integer, assistant varchar, topic varchar, "partition" integer,
            "offset" bigint, sha256 varchar""";
    private static final String PAIR = "PAIR";
    private static final String NONE = "NONE";
    private static final int COLUMNS_OF_A_PAIR = 18;

    private PairTable() {}

    static void write(ParquetFiles files, Path file, List<ArchivedPair> pairs) throws SQLException {
        files.write(file, COLUMNS, "slot", rows -> {
            for (ArchivedPair pair : pairs) {
                append(rows, pair);
            }
        });
    }

    private static void append(DuckDBAppender rows, ArchivedPair pair) throws SQLException {
        rows.beginRow().append(pair.slot());
        switch (pair) {
            case ArchivedPair.Made made -> append(rows, made);
            case ArchivedPair.None none -> {
                ScoredTable.append(rows.append(NONE), none.problem())
                        .append(none.reason())
                        .append(none.detail());
                for (int column = 0; column < COLUMNS_OF_A_PAIR; column++) {
                    rows.appendNull();
                }
                rows.endRow();
            }
        }
    }

    private static void append(DuckDBAppender rows, ArchivedPair.Made made) throws SQLException {
        ScoredTable.append(rows.append(PAIR), made.problem()).appendNull().appendNull();
        append(rows, made.positive());
        append(rows, made.negative());
        rows.append(made.source()).append(made.style()).append(made.attempts()).append(made.assistant());
        ScoredTable.endRow(rows, made.place());
    }

    private static void append(DuckDBAppender rows, ArchivedPair.Side side) throws SQLException {
        rows.append(side.text())
                .append(side.sample())
                .append(side.reason())
                .append(side.extractedAnswer())
                .append(side.explanation());
    }

    /** What came of every group, in the order of slots. */
    static List<ArchivedPair> read(ParquetFiles files, Path file) throws SQLException {
        List<ArchivedPair> pairs = new ArrayList<>();
        files.read(file, "slot", row -> pairs.add(row.getString("outcome").equals(PAIR) ? made(row) : none(row)));
        return pairs;
    }

    private static ArchivedPair none(ResultSet row) throws SQLException {
        return new ArchivedPair.None(
                row.getInt("slot"),
                ScoredTable.problem(row),
                row.getString("none_reason"),
                row.getString("none_detail"));
    }

    private static ArchivedPair made(ResultSet row) throws SQLException {
        return new ArchivedPair.Made(
                row.getInt("slot"),
                ScoredTable.problem(row),
                side(row, "positive"),
                side(row, "negative"),
                row.getString("source"),
                row.getString("style"),
                row.getInt("attempts"),
                row.getString("assistant"),
                ScoredTable.place(row));
    }

    private static ArchivedPair.Side side(ResultSet row, String side) throws SQLException {
        return new ArchivedPair.Side(
                row.getString(side + "_text"),
                row.getInt(side + "_sample"),
                row.getString(side + "_reason"),
                row.getString(side + "_answer"),
                row.getString(side + "_explanation"));
    }
}
