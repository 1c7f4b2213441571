package dev.cooper.orchestrator.ledger;

import dev.cooper.orchestrator.run.Evaluation;
import dev.cooper.orchestrator.run.Move;
import dev.cooper.orchestrator.run.Rollback;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.RunEvent;
import dev.cooper.orchestrator.run.RunLedger;
import dev.cooper.orchestrator.run.Step;
import dev.cooper.orchestrator.run.Wish;
import dev.cooper.proto.v1.ModelKind;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The ledger in PostgreSQL. A move updates the run's row first, under the condition that its fence is still the move's:
 * that is the fence check, and the row's lock orders the moves of a run and with them its events.
 */
public final class PostgresRunLedger implements RunLedger {

    private final JdbcClient jdbc;
    private final RunRows runs;
    private final StepRows steps;
    private final EventRows events;
    private final TransactionTemplate transaction;

    /** @param dataSource of a database with this package's migrations */
    public PostgresRunLedger(DataSource dataSource) {
        JdbcTemplate batches = new JdbcTemplate(dataSource);
        this.jdbc = JdbcClient.create(batches);
        this.runs = new RunRows(jdbc);
        this.steps = new StepRows(jdbc);
        this.events = new EventRows(jdbc, batches);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    @Override
    public void create(Run run, RunEvent event) {
        transaction.executeWithoutResult(_ -> {
            try {
                runs.insert(run);
            } catch (DuplicateKeyException e) {
                throw new IllegalStateException("run " + run.id() + " exists already", e);
            }
            events.add(List.of(event));
        });
    }

    @Override
    public Optional<Run> run(String id) {
        return runs.run(id);
    }

    @Override
    public List<Run> runs() {
        return runs.all();
    }

    @Override
    public Optional<Step> step(String runId, long number) {
        return steps.step(runId, number);
    }

    @Override
    public List<Step> steps(String runId, long from) {
        return steps.from(runId, from);
    }

    @Override
    public Optional<Step> stepThatMade(String runId, ModelKind kind, long version) {
        return steps.thatMade(runId, kind, version);
    }

    @Override
    public List<Evaluation> evaluations(String runId) {
        return jdbc.sql("select * from evaluation where run_id = ? order by step")
                .param(runId)
                .query(Rows::evaluation)
                .list();
    }

    @Override
    public List<RunEvent> events(String runId, long after, int limit) {
        return jdbc.sql("select * from event where run_id = ? and sequence > ? order by sequence limit ?")
                .params(runId, after, limit)
                .query(Rows::event)
                .list();
    }

    @Override
    public List<RunEvent> events(String runId, Set<String> types) {
        return types.isEmpty()
                ? List.of()
                : jdbc.sql("select * from event where run_id = :run and type in (:types) order by sequence")
                        .param("run", runId)
                        .param("types", types)
                        .query(Rows::event)
                        .list();
    }

    @Override
    public void wish(String runId, Wish wish) {
        jdbc.sql("update run set wish = ? where id = ? and wish <> ?")
                .params(wish.name(), runId, Wish.CANCEL.name())
                .update();
    }

    @Override
    public void rollBack(String runId, Rollback rollback) {
        runs.rollBack(runId, rollback);
    }

    @Override
    public void delete(String runId) {
        transaction.executeWithoutResult(_ -> {
            if (runs.deleteEnded(runId)) {
                events.addRecords(List.of(RunLedger.removal(runId)));
            }
        });
    }

    @Override
    public OptionalLong takeOver(String runId, String owner, Instant now, Duration lease) {
        return jdbc.sql("""
                        update run set fence = fence + 1, lease_owner = :owner, lease_until = :until
                        where id = :id and (lease_owner is null or lease_owner = :owner or lease_until <= :now)
                        returning fence""")
                .param("id", runId)
                .param("owner", owner)
                .param("until", Timestamp.from(now.plus(lease)))
                .param("now", Timestamp.from(now))
                .query(Long.class)
                .optional()
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    @Override
    public boolean renew(String runId, String owner, long fence, Instant now, Duration lease) {
        return jdbc.sql("update run set lease_until = ? where id = ? and lease_owner = ? and fence = ?")
                        .params(Timestamp.from(now.plus(lease)), runId, owner, fence)
                        .update()
                == 1;
    }

    @Override
    public void release(String runId, String owner, long fence) {
        jdbc.sql("update run set lease_owner = null, lease_until = null where id = ? and lease_owner = ? and fence = ?")
                .params(runId, owner, fence)
                .update();
    }

    @Override
    public void commit(Move move) {
        transaction.executeWithoutResult(_ -> {
            runs.update(move.run());
            move.followed().ifPresent(rollback -> runs.followed(move.run().id(), rollback));
            move.step().ifPresent(steps::put);
            move.evaluation().ifPresent(this::put);
            events.addRecords(move.records());
            events.add(move.events());
        });
    }

    private void put(Evaluation evaluation) {
        jdbc.sql("""
                        insert into evaluation values (:run, :step, :version, :problems, :samples, :accuracy, :error,
                            :format, :length, :seconds, :at, :sets::jsonb)
                        on conflict (run_id, step) do update set policy_version = excluded.policy_version,
                            problems = excluded.problems, samples = excluded.samples, accuracy = excluded.accuracy,
                            standard_error = excluded.standard_error, format_share = excluded.format_share,
                            mean_length = excluded.mean_length, seconds = excluded.seconds,
                            finished_at = excluded.finished_at, sets = excluded.sets""")
                .param("run", evaluation.runId())
                .param("step", evaluation.step())
                .param("version", evaluation.policyVersion())
                .param("problems", evaluation.problems())
                .param("samples", evaluation.samples())
                .param("accuracy", evaluation.accuracy())
                .param("error", evaluation.standardError())
                .param("format", evaluation.formatShare())
                .param("length", evaluation.meanLength())
                .param("seconds", evaluation.seconds())
                .param("at", Timestamp.from(evaluation.finishedAt()))
                .param("sets", Rows.json(evaluation.sets()))
                .update();
    }

    @Override
    public List<Pending> outbox(int limit) {
        return jdbc.sql("select * from outbox order by id limit ?")
                .param(limit)
                .query(Rows::pending)
                .list();
    }

    @Override
    public void sent(List<Long> ids) {
        if (!ids.isEmpty()) {
            jdbc.sql("delete from outbox where id in (:ids)").param("ids", ids).update();
        }
    }
}
