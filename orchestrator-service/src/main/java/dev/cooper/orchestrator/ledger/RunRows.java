package dev.cooper.orchestrator.ledger;

import dev.cooper.orchestrator.run.Rollback;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.RunState;
import dev.cooper.orchestrator.run.StaleFenceException;
import dev.cooper.orchestrator.spec.RunSpecJson;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of runs, but for leases and wishes. */
final class RunRows {

    private final JdbcClient jdbc;

    RunRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Run> run(String id) {
        return jdbc.sql("select * from run where id = ?")
                .param(id)
                .query(Rows::run)
                .optional();
    }

    List<Run> all() {
        return jdbc.sql("select * from run order by ordinal").query(Rows::run).list();
    }

    void insert(Run run) {
        with(run, jdbc.sql("""
                        insert into run (id, name, state, wish, reason, fence, step, spec, initial_checksum, policy_number,
                            policy_incarnation, policy_checksum, reward_initial_checksum, reward_number,
                            reward_incarnation, reward_checksum, created_at, started_at, finished_at)
                        values (:id, :name, :state, :wish, :reason, :fence, :step, :spec::jsonb, :initial, :policyNumber,
                            :policyIncarnation, :policyChecksum, :rewardInitial, :rewardNumber, :rewardIncarnation,
                            :rewardChecksum, :created, :started, :finished)"""))
                .param("name", run.spec().name())
                .param("wish", run.wish().name())
                .param("spec", RunSpecJson.write(run.spec()).toString())
                .param("created", Timestamp.from(run.createdAt()))
                .update();
    }

    /** @throws StaleFenceException when the run's fence is another one */
    void update(Run run) {
        int updated = with(run, jdbc.sql("""
                        update run set state = :state, reason = :reason, step = :step, initial_checksum = :initial,
                            policy_number = :policyNumber, policy_incarnation = :policyIncarnation, policy_checksum = :policyChecksum,
                            reward_initial_checksum = :rewardInitial, reward_number = :rewardNumber,
                            reward_incarnation = :rewardIncarnation, reward_checksum = :rewardChecksum,
                            started_at = :started, finished_at = :finished
                        where id = :id and fence = :fence""")).update();
        if (updated == 0) {
            throw new StaleFenceException(run.id(), run.fence());
        }
    }

    /** Whether there was such a run, and it had ended; the rows that refer to it go with it. */
    boolean deleteEnded(String runId) {
        List<String> ended = Stream.of(RunState.values())
                .filter(RunState::isFinal)
                .map(RunState::name)
                .toList();
        return jdbc.sql("delete from run where id = :id and state in (:ended)")
                        .param("id", runId)
                        .param("ended", ended)
                        .update()
                == 1;
    }

    void rollBack(String runId, Rollback rollback) {
        jdbc.sql("update run set rollback = ?::jsonb where id = ?")
                .params(Rows.json(rollback), runId)
                .update();
    }

    /** It is no longer asked for, unless another one is. */
    void followed(String runId, Rollback rollback) {
        jdbc.sql("update run set rollback = null where id = ? and rollback = ?::jsonb")
                .params(runId, Rows.json(rollback))
                .update();
    }

    private static JdbcClient.StatementSpec with(Run run, JdbcClient.StatementSpec statement) {
        JdbcClient.StatementSpec filled = statement
                .param("id", run.id())
                .param("fence", run.fence())
                .param("state", run.state().name())
                .param("reason", run.reason())
                .param("step", run.step())
                .param("initial", run.initialChecksum())
                .param(
                        "rewardInitial",
                        run.reward().map(_ -> run.rewardInitialChecksum()).orElse(null))
                .param("started", Rows.timestamp(run.startedAt()))
                .param("finished", Rows.timestamp(run.finishedAt()));
        VersionColumns.fill(filled, "policy", Optional.of(run.policy()));
        return VersionColumns.fill(filled, "reward", run.reward());
    }
}
