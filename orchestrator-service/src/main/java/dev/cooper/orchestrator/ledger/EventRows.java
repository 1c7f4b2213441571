package dev.cooper.orchestrator.ledger;

import dev.cooper.orchestrator.run.RunEvent;
import dev.cooper.orchestrator.run.StepEvents;
import dev.cooper.platform.line.OutgoingRecord;
import java.sql.Timestamp;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables of events and of what must still be said on the log. */
final class EventRows {

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    EventRows(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /** Adds events, and for the outbox a record of each, now that they have their sequence. */
    void add(List<RunEvent> events) {
        addRecords(events.stream().map(this::add).map(StepEvents::record).toList());
    }

    private RunEvent add(RunEvent event) {
        long sequence = jdbc.sql(
                        "insert into event (run_id, step, type, at, data) values (?, ?, ?, ?, ?::json) returning sequence")
                .params(event.runId(), event.step(), event.type(), Timestamp.from(event.at()), Rows.json(event.data()))
                .query(Long.class)
                .single();
        return new RunEvent(sequence, event.runId(), event.step(), event.type(), event.at(), event.data());
    }

    void addRecords(List<OutgoingRecord> records) {
        batches.batchUpdate(
                "insert into outbox (topic, dead_letter, key, headers, value) values (?, ?, ?, ?::jsonb, ?)",
                records.stream()
                        .map(record -> new Object[] {
                            record.topic().name(),
                            record.deadLetter(),
                            record.key(),
                            Rows.json(record.headers()),
                            record.value()
                        })
                        .toList());
    }
}
