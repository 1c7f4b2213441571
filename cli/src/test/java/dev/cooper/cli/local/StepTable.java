package dev.cooper.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** What the orchestrator's database says of a run, read while it is steered, or after its steersman has died. */
final class StepTable implements AutoCloseable {
    private static final int PORT_LINE = 3;

    private final Connection connection;

    /**
     * Where a run is.
     *
     * @param step the newest
     * @param state of the step; empty before the first
     */
    record Place(String run, long step, String state) {
        boolean hasEnded() {
            return run.equals("COMPLETED") || run.equals("FAILED") || run.equals("CANCELLED");
        }
    }

    private StepTable(Connection connection) {
        this.connection = connection;
    }

    static StepTable open(String jdbcUrl) throws SQLException {
        return new StepTable(DriverManager.getConnection(jdbcUrl, "postgres", ""));
    }

    /** The PostgreSQL that runs on the folder, be it of a living platform or left behind by a dead one. */
    static StepTable of(Path databaseFolder) throws IOException, SQLException {
        List<String> server = Files.readAllLines(databaseFolder.resolve("postmaster.pid"));
        return open("jdbc:postgresql://127.0.0.1:" + server.get(PORT_LINE).strip() + "/postgres");
    }

    /** Of the only run that there is. */
    Place place() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select run.state, coalesce(step.number, -1),"
                        + " coalesce(step.state, '') from run left join step on step.run_id = run.id"
                        + " order by step.number desc nulls last limit 1")) {
            return rows.next()
                    ? new Place(rows.getString(1), rows.getLong(2), rows.getString(3))
                    : new Place("", -1, "");
        }
    }

    /**
     * Has the transaction that leads out of this state take a second longer, so that a state which a step is in for
     * milliseconds cannot be missed.
     */
    void linger(String state) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    create or replace function linger() returns trigger language plpgsql as $$
                    begin
                        if exists (select from step where run_id = new.run_id and state = tg_argv[0]
                                and (number = new.number - 1 or number = new.number and new.state <> tg_argv[0])) then
                            perform pg_sleep(1);
                        end if;
                        return new;
                    end $$;
                    create or replace trigger linger before insert or update on step
                        for each row execute function linger('%s')""".formatted(state));
        }
    }

    /** Takes {@link #linger} back. */
    void hurry() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("drop trigger if exists linger on step");
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
