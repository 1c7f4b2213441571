package dev.cooper.orchestrator.ledger;

import dev.cooper.orchestrator.run.Step;
import dev.cooper.proto.v1.Manifest;
import dev.cooper.proto.v1.ModelRef;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of steps. */
final class StepRows {

    private final JdbcClient jdbc;

    StepRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Step> step(String runId, long number) {
        return jdbc.sql("select * from step where run_id = ? and number = ?")
                .params(runId, number)
                .query(Rows::step)
                .optional();
    }

    List<Step> from(String runId, long from) {
        return jdbc.sql("select * from step where run_id = ? and number >= ? order by number")
                .params(runId, from)
                .query(Rows::step)
                .list();
    }

    Optional<Step> thatUpdated(String runId, long policyNumber) {
        return jdbc.sql("""
                        select * from step where run_id = ? and before_number = ? and after_number <> before_number
                        order by number desc limit 1""").params(runId, policyNumber).query(Rows::step).optional();
    }

    void put(Step step) {
        jdbc.sql("""
                        insert into step (run_id, number, state, dispatch, excluded, manifest, before_number,
                            before_incarnation, before_checksum, after_number, after_incarnation, after_checksum,
                            batch_sha256, metrics, started_at, frozen_at, committed_at)
                        values (:run, :number, :state, :dispatch::jsonb, :excluded::jsonb, :manifest, :beforeNumber,
                            :beforeIncarnation, :beforeChecksum, :afterNumber, :afterIncarnation, :afterChecksum,
                            :batch, :metrics::jsonb, :started, :frozen, :committed)
                        on conflict (run_id, number) do update set state = excluded.state,
                            dispatch = excluded.dispatch, excluded = excluded.excluded, manifest = excluded.manifest,
                            before_number = excluded.before_number, before_incarnation = excluded.before_incarnation,
                            before_checksum = excluded.before_checksum, after_number = excluded.after_number,
                            after_incarnation = excluded.after_incarnation, after_checksum = excluded.after_checksum,
                            batch_sha256 = excluded.batch_sha256, metrics = excluded.metrics,
                            started_at = excluded.started_at, frozen_at = excluded.frozen_at,
                            committed_at = excluded.committed_at""")
                .param("run", step.runId())
                .param("number", step.number())
                .param("state", step.state().name())
                .param("dispatch", step.dispatch().map(Rows::json).orElse(null))
                .param("excluded", Rows.json(step.excluded()))
                .param("manifest", step.manifest().map(Manifest::toByteArray).orElse(null))
                .param("beforeNumber", step.before().getNumber())
                .param("beforeIncarnation", step.before().getIncarnation())
                .param("beforeChecksum", step.before().getChecksum())
                .param("afterNumber", step.after().map(ModelRef::getNumber).orElse(null))
                .param(
                        "afterIncarnation",
                        step.after().map(ModelRef::getIncarnation).orElse(null))
                .param("afterChecksum", step.after().map(ModelRef::getChecksum).orElse(null))
                .param("batch", step.batchSha256())
                .param("metrics", Rows.json(step.metrics()))
                .param("started", Timestamp.from(step.startedAt()))
                .param("frozen", Rows.timestamp(step.frozenAt()))
                .param("committed", Rows.timestamp(step.committedAt()))
                .update();
    }
}
