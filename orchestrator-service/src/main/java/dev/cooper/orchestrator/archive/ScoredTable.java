package dev.cooper.orchestrator.archive;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.duckdb.DuckDBAppender;

/** {@code scored.parquet}: a row a completion, and one a failed group, without a sample. */
final class ScoredTable {

    private static final String COLUMNS = """
            slot integer, sample integer, problem_id varchar, question varchar, reference varchar, prompt varchar,
            policy_version bigint, reward_version bigint, failure varchar, text varchar, tokens integer,
            token_ids integer[], log_probs float[], finish_reason varchar, verdict varchar, reason varchar,
            extracted_answer varchar, explanation varchar, logit double, score double, topic varchar,
            "partition" integer, "offset" bigint, sha256 varchar""";
    private static final String ORDER = "slot, sample";
    private static final int COLUMNS_OF_A_COMPLETION = 11;

    private ScoredTable() {}

    static void write(ParquetFiles files, Path file, List<ArchivedGroup> groups) throws SQLException {
        files.write(file, COLUMNS, ORDER, rows -> {
            for (ArchivedGroup group : groups) {
                append(rows, group);
            }
        });
    }

    private static void append(DuckDBAppender rows, ArchivedGroup group) throws SQLException {
        if (group.completions().isEmpty()) {
            rows.beginRow().append(group.slot()).appendNull();
            appendGroup(rows, group);
            for (int column = 0; column < COLUMNS_OF_A_COMPLETION; column++) {
                rows.appendNull();
            }
            endRow(rows, group.place());
        }
        for (ArchivedCompletion completion : group.completions()) {
            rows.beginRow().append(group.slot()).append(completion.sample());
            appendGroup(rows, group);
            append(rows, completion);
            endRow(rows, group.place());
        }
    }

    private static void appendGroup(DuckDBAppender rows, ArchivedGroup group) throws SQLException {
        append(rows, group.problem()).append(group.policyVersion());
        if (group.rewardVersion().isPresent()) {
            rows.append(group.rewardVersion().get().longValue());
        } else {
            rows.appendNull();
        }
        rows.append(group.failure());
    }

    static DuckDBAppender append(DuckDBAppender rows, ArchivedProblem problem) throws SQLException {
        return rows.append(problem.id())
                .append(problem.question())
                .append(problem.reference())
                .append(problem.prompt());
    }

    private static void append(DuckDBAppender rows, ArchivedCompletion completion) throws SQLException {
        rows.append(completion.text())
                .append(completion.tokens())
                .append(completion.tokenIds())
                .append(completion.logProbs())
                .append(completion.finishReason())
                .append(completion.verdict())
                .append(completion.reason())
                .append(completion.extractedAnswer())
                .append(completion.explanation());
        if (completion.score().isPresent()) {
            rows.append(completion.score().get().logit())
                    .append(completion.score().get().score());
        } else {
            rows.appendNull().appendNull();
        }
    }

    static void endRow(DuckDBAppender rows, ArchivedPlace place) throws SQLException {
        rows.append(place.topic())
                .append(place.partition())
                .append(place.offset())
                .append(place.sha256())
                .endRow();
    }

    /** The groups, in the order of slots. */
    static List<ArchivedGroup> read(ParquetFiles files, Path file) throws SQLException {
        Map<Integer, List<ArchivedCompletion>> completions = new LinkedHashMap<>();
        Map<Integer, ArchivedGroup> groups = new LinkedHashMap<>();
        files.read(file, ORDER, row -> {
            int slot = row.getInt("slot");
            List<ArchivedCompletion> sampled = completions.computeIfAbsent(slot, _ -> new ArrayList<>());
            if (row.getObject("sample") != null) {
                sampled.add(completion(row));
            }
            groups.put(slot, group(row, sampled));
        });
        return List.copyOf(groups.values());
    }

    private static ArchivedGroup group(ResultSet row, List<ArchivedCompletion> completions) throws SQLException {
        return new ArchivedGroup(
                row.getInt("slot"),
                problem(row),
                row.getLong("policy_version"),
                row.getObject("reward_version") == null ? Optional.empty() : Optional.of(row.getLong("reward_version")),
                row.getString("failure"),
                place(row),
                completions);
    }

    static ArchivedProblem problem(ResultSet row) throws SQLException {
        return new ArchivedProblem(
                row.getString("problem_id"),
                row.getString("question"),
                row.getString("reference"),
                row.getString("prompt"));
    }

    static ArchivedPlace place(ResultSet row) throws SQLException {
        return new ArchivedPlace(
                row.getString("topic"), row.getInt("partition"), row.getLong("offset"), row.getString("sha256"));
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
                row.getString("explanation"),
                row.getObject("score") == null
                        ? Optional.empty()
                        : Optional.of(new ArchivedScore(row.getDouble("logit"), row.getDouble("score"))));
    }

    private static List<Object> list(ResultSet row, String column) throws SQLException {
        return List.of((Object[]) row.getArray(column).getArray());
    }
}
