package dev.cooper.orchestrator.ledger;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.cooper.orchestrator.run.Dispatch;
import dev.cooper.orchestrator.run.Evaluation;
import dev.cooper.orchestrator.run.ModelUpdate;
import dev.cooper.orchestrator.run.Origin;
import dev.cooper.orchestrator.run.Rollback;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.RunEvent;
import dev.cooper.orchestrator.run.RunLedger.Pending;
import dev.cooper.orchestrator.run.RunModel;
import dev.cooper.orchestrator.run.RunState;
import dev.cooper.orchestrator.run.RunStatus;
import dev.cooper.orchestrator.run.RunTimes;
import dev.cooper.orchestrator.run.SetFigures;
import dev.cooper.orchestrator.run.Step;
import dev.cooper.orchestrator.run.StepInstants;
import dev.cooper.orchestrator.run.StepState;
import dev.cooper.orchestrator.run.Wish;
import dev.cooper.orchestrator.spec.RunSpecJson;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.proto.v1.Manifest;
import dev.cooper.proto.v1.ModelRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Rows of the database as records, and the JSON in their columns. */
final class Rows {

    /** Whole numbers come back as Long whatever their size, so that equal values stay equal. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final TypeReference<Map<String, Double>> METRICS = new TypeReference<>() {};
    private static final TypeReference<Map<Integer, String>> EXCLUDED = new TypeReference<>() {};
    private static final TypeReference<List<SetFigures>> SETS = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    private Rows() {}

    static String json(Object value) {
        return JSON.writeValueAsString(value);
    }

    static Run run(ResultSet row, int number) throws SQLException {
        return new Run(
                row.getString("id"),
                RunSpecJson.read(JSON.readTree(row.getString("spec"))),
                new RunStatus(
                        RunState.valueOf(row.getString("state")),
                        Wish.valueOf(row.getString("wish")),
                        row.getString("reason"),
                        row.getLong("fence"),
                        row.getLong("step"),
                        Optional.ofNullable(row.getString("rollback"))
                                .map(json -> JSON.readValue(json, Rollback.class))),
                new RunModel(row.getString("initial_checksum"), version(row, "policy")),
                row.getObject("reward_number") == null
                        ? Optional.empty()
                        : Optional.of(new RunModel(row.getString("reward_initial_checksum"), version(row, "reward"))),
                new RunTimes(
                        instant(row, "created_at").orElseThrow(),
                        instant(row, "started_at"),
                        instant(row, "finished_at")));
    }

    static Step step(ResultSet row, int number) throws SQLException {
        return new Step(
                row.getString("run_id"),
                row.getLong("number"),
                StepState.valueOf(row.getString("state")),
                new ModelUpdate(
                        dispatch(row, "dispatch"),
                        JSON.readValue(row.getString("excluded"), EXCLUDED),
                        manifest(row.getBytes("manifest")),
                        version(row, "before"),
                        versionIfAny(row, "after"),
                        row.getString("batch_sha256"),
                        origin(row, "origin")),
                reward(row),
                JSON.readValue(row.getString("metrics"), METRICS),
                new StepInstants(
                        instant(row, "started_at").orElseThrow(),
                        instant(row, "frozen_at"),
                        instant(row, "trained_at"),
                        instant(row, "paired_at"),
                        instant(row, "committed_at")));
    }

    private static Optional<ModelUpdate> reward(ResultSet row) throws SQLException {
        if (row.getObject("reward_before_number") == null) {
            return Optional.empty();
        }
        return Optional.of(new ModelUpdate(
                dispatch(row, "pairing"),
                JSON.readValue(row.getString("pair_excluded"), EXCLUDED),
                manifest(row.getBytes("pair_manifest")),
                version(row, "reward_before"),
                versionIfAny(row, "reward_after"),
                row.getString("reward_batch_sha256"),
                origin(row, "reward_origin")));
    }

    private static Optional<Origin> origin(ResultSet row, String prefix) throws SQLException {
        Optional<ModelRef> version = versionIfAny(row, prefix);
        return version.isEmpty()
                ? Optional.empty()
                : Optional.of(new Origin(row.getLong(prefix + "_step"), version.get()));
    }

    private static Optional<Dispatch> dispatch(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column)).map(json -> JSON.readValue(json, Dispatch.class));
    }

    static Evaluation evaluation(ResultSet row, int number) throws SQLException {
        return new Evaluation(
                row.getString("run_id"),
                row.getLong("step"),
                row.getLong("policy_version"),
                row.getInt("problems"),
                row.getInt("samples"),
                row.getDouble("accuracy"),
                row.getDouble("standard_error"),
                row.getDouble("format_share"),
                row.getDouble("mean_length"),
                row.getDouble("seconds"),
                instant(row, "finished_at").orElseThrow(),
                JSON.readValue(row.getString("sets"), SETS));
    }

    static RunEvent event(ResultSet row, int number) throws SQLException {
        return new RunEvent(
                row.getLong("sequence"),
                row.getString("run_id"),
                row.getLong("step"),
                row.getString("type"),
                instant(row, "at").orElseThrow(),
                JSON.readValue(row.getString("data"), OBJECT));
    }

    static Pending pending(ResultSet row, int number) throws SQLException {
        OutgoingRecord record = new OutgoingRecord(
                Topic.valueOf(row.getString("topic")),
                row.getBoolean("dead_letter"),
                row.getString("key"),
                JSON.readValue(row.getString("headers"), HEADERS),
                row.getBytes("value"));
        return new Pending(row.getLong("id"), record);
    }

    static @Nullable Timestamp timestamp(Optional<Instant> at) {
        return at.map(Timestamp::from).orElse(null);
    }

    private static ModelRef version(ResultSet row, String prefix) throws SQLException {
        return ModelRef.newBuilder()
                .setNumber(row.getLong(prefix + "_number"))
                .setIncarnation(row.getInt(prefix + "_incarnation"))
                .setChecksum(row.getString(prefix + "_checksum"))
                .build();
    }

    private static Optional<ModelRef> versionIfAny(ResultSet row, String prefix) throws SQLException {
        return row.getObject(prefix + "_number") == null ? Optional.empty() : Optional.of(version(row, prefix));
    }

    private static Optional<Manifest> manifest(byte @Nullable [] bytes) {
        if (bytes == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Manifest.parseFrom(bytes));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a step's manifest in the database is not readable", e);
        }
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }
}
