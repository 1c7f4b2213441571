package dev.cooper.orchestrator.ledger;

import dev.cooper.orchestrator.run.RunEvent;
import dev.cooper.orchestrator.webhook.Notice;
import dev.cooper.orchestrator.webhook.NoticeBook;
import dev.cooper.orchestrator.webhook.Webhooks;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Notices in PostgreSQL: a row for every event that a webhook can be told of. */
public final class PostgresNoticeBook implements NoticeBook {

    private final JdbcClient jdbc;
    private final EventRows events;
    private final TransactionTemplate transaction;

    /** @param dataSource of a database with this package's migrations */
    public PostgresNoticeBook(DataSource dataSource) {
        JdbcTemplate batches = new JdbcTemplate(dataSource);
        this.jdbc = JdbcClient.create(batches);
        this.events = new EventRows(jdbc, batches);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    @Override
    public Optional<Notice> claim(Instant now, Duration claim) {
        return transaction.execute(_ -> {
            Set<String> types = Webhooks.OCCASIONS.keySet();
            jdbc.sql("""
                            insert into notice (sequence, attempts, next_at)
                            select sequence, 0, :now from event
                            where type in (:types)
                                and not exists (select 1 from notice where notice.sequence = event.sequence)
                            on conflict do nothing""")
                    .param("now", Timestamp.from(now))
                    .param("types", types)
                    .update();
            // What another orchestrator is claiming is left to it.
            return jdbc.sql("""
                            with due as (
                                select sequence from notice where outcome is null and next_at <= :now
                                order by sequence limit 1 for update skip locked),
                            claimed as (
                                update notice set attempts = attempts + 1, next_at = :until
                                where sequence in (select sequence from due) returning sequence, attempts)
                            select event.*, claimed.attempts from claimed join event using (sequence)""")
                    .param("now", Timestamp.from(now))
                    .param("until", Timestamp.from(now.plus(claim)))
                    .query((row, number) -> new Notice(Rows.event(row, number), row.getInt("attempts")))
                    .optional();
        });
    }

    @Override
    public void postpone(long sequence, Instant until) {
        jdbc.sql("update notice set next_at = ? where sequence = ?")
                .params(Timestamp.from(until), sequence)
                .update();
    }

    @Override
    public void settle(long sequence, Outcome outcome) {
        jdbc.sql("update notice set outcome = ? where sequence = ?")
                .params(outcome.name(), sequence)
                .update();
    }

    @Override
    public void giveUp(long sequence, RunEvent told) {
        transaction.executeWithoutResult(_ -> {
            // The run's row is locked first, so that its events come in the order of commits.
            boolean there = jdbc.sql("select id from run where id = ? for update")
                    .param(told.runId())
                    .query(String.class)
                    .optional()
                    .isPresent();
            if (there) {
                settle(sequence, Outcome.GIVEN_UP);
                events.add(List.of(told));
            }
        });
    }
}
