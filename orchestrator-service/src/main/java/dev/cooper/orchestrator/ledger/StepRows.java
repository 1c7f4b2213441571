package dev.cooper.orchestrator.ledger;

import dev.cooper.orchestrator.run.ModelUpdate;
import dev.cooper.orchestrator.run.Origin;
import dev.cooper.orchestrator.run.Step;
import dev.cooper.proto.v1.Manifest;
import dev.cooper.proto.v1.ModelKind;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
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

    Optional<Step> thatMade(String runId, ModelKind kind, long version) {
        String prefix = kind == ModelKind.REWARD ? "reward_" : "";
        return jdbc.sql("""
                        select * from step where run_id = :run
                            and (({p}after_number = :version and {p}after_number <> {p}before_number)
                                or ({p}before_number = :version and {p}origin_number is not null))
                        """.replace("{p}", prefix))
                .param("run", runId)
                .param("version", version)
                .query(Rows::step)
                .optional();
    }

    void put(Step step) {
        JdbcClient.StatementSpec statement = jdbc.sql("""
                        insert into step (run_id, number, state, dispatch, excluded, manifest, before_number,
                            before_incarnation, before_checksum, after_number, after_incarnation, after_checksum,
                            batch_sha256, pairing, pair_excluded, pair_manifest, reward_before_number,
                            reward_before_incarnation, reward_before_checksum, reward_after_number,
                            reward_after_incarnation, reward_after_checksum, reward_batch_sha256, origin_step,
                            origin_number, origin_incarnation, origin_checksum, reward_origin_step,
                            reward_origin_number, reward_origin_incarnation, reward_origin_checksum, metrics, started_at,
                            frozen_at, trained_at, paired_at, committed_at)
                        values (:run, :number, :state, :dispatch::jsonb, :excluded::jsonb, :manifest, :beforeNumber,
                            :beforeIncarnation, :beforeChecksum, :afterNumber, :afterIncarnation, :afterChecksum,
                            :batch, :pairing::jsonb, :pairExcluded::jsonb, :pairManifest, :rewardBeforeNumber,
                            :rewardBeforeIncarnation, :rewardBeforeChecksum, :rewardAfterNumber,
                            :rewardAfterIncarnation, :rewardAfterChecksum, :rewardBatch, :originStep, :originNumber, :originIncarnation,
                            :originChecksum, :rewardOriginStep, :rewardOriginNumber, :rewardOriginIncarnation,
                            :rewardOriginChecksum, :metrics::jsonb, :started,
                            :frozen, :trained, :paired, :committed)
                        on conflict (run_id, number) do update set state = excluded.state,
                            dispatch = excluded.dispatch, excluded = excluded.excluded, manifest = excluded.manifest,
                            before_number = excluded.before_number, before_incarnation = excluded.before_incarnation,
                            before_checksum = excluded.before_checksum, after_number = excluded.after_number,
                            after_incarnation = excluded.after_incarnation, after_checksum = excluded.after_checksum,
                            batch_sha256 = excluded.batch_sha256, pairing = excluded.pairing,
                            pair_excluded = excluded.pair_excluded, pair_manifest = excluded.pair_manifest,
                            reward_before_number = excluded.reward_before_number,
                            reward_before_incarnation = excluded.reward_before_incarnation,
                            reward_before_checksum = excluded.reward_before_checksum,
                            reward_after_number = excluded.reward_after_number,
                            reward_after_incarnation = excluded.reward_after_incarnation,
                            reward_after_checksum = excluded.reward_after_checksum,
                            reward_batch_sha256 = excluded.reward_batch_sha256, origin_step = excluded.origin_step,
                            origin_number = excluded.origin_number, origin_incarnation = excluded.origin_incarnation,
                            origin_checksum = excluded.origin_checksum,
                            reward_origin_step = excluded.reward_origin_step,
                            reward_origin_number = excluded.reward_origin_number,
                            reward_origin_incarnation = excluded.reward_origin_incarnation,
                            reward_origin_checksum = excluded.reward_origin_checksum, metrics = excluded.metrics,
                            started_at = excluded.started_at, frozen_at = excluded.frozen_at,
                            trained_at = excluded.trained_at, paired_at = excluded.paired_at,
                            committed_at = excluded.committed_at""")
                .param("run", step.runId())
                .param("number", step.number())
                .param("state", step.state().name())
                .param("metrics", Rows.json(step.metrics()))
                .param("started", Timestamp.from(step.startedAt()))
                .param("frozen", Rows.timestamp(step.frozenAt()))
                .param("trained", Rows.timestamp(step.instants().trainedAt()))
                .param("paired", Rows.timestamp(step.instants().pairedAt()))
                .param("committed", Rows.timestamp(step.committedAt()));
        fillPolicy(statement, step.policy());
        fillReward(statement, step.reward());
        statement.update();
    }

    private static void fillPolicy(JdbcClient.StatementSpec statement, ModelUpdate policy) {
        statement
                .param("dispatch", policy.dispatch().map(Rows::json).orElse(null))
                .param("excluded", Rows.json(policy.excluded()))
                .param("manifest", policy.manifest().map(Manifest::toByteArray).orElse(null))
                .param("batch", policy.batchSha256());
        VersionColumns.fill(statement, "before", Optional.of(policy.before()));
        VersionColumns.fill(statement, "after", policy.after());
        fillOrigin(statement, "origin", policy.origin());
    }

    private static void fillReward(JdbcClient.StatementSpec statement, Optional<ModelUpdate> reward) {
        statement
                .param(
                        "pairing",
                        reward.flatMap(ModelUpdate::dispatch).map(Rows::json).orElse(null))
                .param(
                        "pairExcluded",
                        Rows.json(reward.map(ModelUpdate::excluded).orElse(Map.of())))
                .param(
                        "pairManifest",
                        reward.flatMap(ModelUpdate::manifest)
                                .map(Manifest::toByteArray)
                                .orElse(null))
                .param("rewardBatch", reward.map(ModelUpdate::batchSha256).orElse(""));
        VersionColumns.fill(statement, "rewardBefore", reward.map(ModelUpdate::before));
        VersionColumns.fill(statement, "rewardAfter", reward.flatMap(ModelUpdate::after));
        fillOrigin(statement, "rewardOrigin", reward.flatMap(ModelUpdate::origin));
    }

    private static void fillOrigin(JdbcClient.StatementSpec statement, String name, Optional<Origin> origin) {
        statement.param(name + "Step", origin.map(Origin::step).orElse(null));
        VersionColumns.fill(statement, name, origin.map(Origin::version));
    }
}
