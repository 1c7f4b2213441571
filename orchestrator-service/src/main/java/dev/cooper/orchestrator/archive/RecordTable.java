package dev.cooper.orchestrator.archive;

import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.proto.v1.RecordRef;
import java.nio.file.Path;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** {@code records.parquet}: the bytes of the records that the step's models were trained on. */
final class RecordTable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};
    private static final String COLUMNS = """
            topic varchar, "partition" integer, "offset" bigint, sha256 varchar, key varchar, headers varchar,
            value blob""";
    private static final String ORDER = "topic, \"partition\", \"offset\"";

    private RecordTable() {}

    static void write(ParquetFiles files, Path file, TopicNames topics, List<LogRecord> records) throws SQLException {
        files.write(file, COLUMNS, ORDER, rows -> {
            for (LogRecord record : records) {
                append(rows, topics.name(record.topic()), record);
            }
        });
    }

    private static void append(DuckDBAppender rows, String topic, LogRecord record) throws SQLException {
        rows.beginRow()
                .append(topic)
                .append(record.partition())
                .append(record.offset())
                .append(record.sha256())
                .append(record.key())
                .append(JSON.writeValueAsString(record.headers()))
                .append(record.value())
                .endRow();
    }

    /** The records, by where they stood. */
    static Map<String, LogRecord> read(ParquetFiles files, Path file) throws SQLException {
        Map<String, LogRecord> records = new HashMap<>();
        files.read(file, ORDER, row -> {
            LogRecord record = record(row);
            records.put(place(row.getString("topic"), record.partition(), record.offset()), record);
        });
        return records;
    }

    static String place(RecordRef ref) {
        return place(ref.getTopic(), ref.getPartition(), ref.getOffset());
    }

    private static String place(String topic, int partition, long offset) {
        return topic + "/" + partition + "/" + offset;
    }

    private static LogRecord record(ResultSet row) throws SQLException {
        Blob value = row.getBlob("value");
        return new LogRecord(
                topic(row.getString("topic")),
                row.getInt("partition"),
                row.getLong("offset"),
                row.getString("key"),
                JSON.readValue(row.getString("headers"), HEADERS),
                value.getBytes(1, Math.toIntExact(value.length())));
    }

    /** An archive may come from an installation with another prefix. */
    private static Topic topic(String name) throws SQLException {
        return Arrays.stream(Topic.values())
                .filter(topic -> name.endsWith("." + topic.suffix()))
                .findFirst()
                .orElseThrow(() -> new SQLException("a record of the unknown topic " + name));
    }
}
