package dev.cooper.orchestrator.ledger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A real PostgreSQL of these tests, started once and emptied for each of them. */
public final class TestingPostgres {

    private static final EmbeddedPostgres SERVER = start();

    private TestingPostgres() {}

    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder().start();
            Flyway.configure()
                    .dataSource(server.getPostgresDatabase())
                    .locations("classpath:db/migration/orchestrator")
                    .load()
                    .migrate();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the tests' PostgreSQL", e);
        }
    }

    /** The migrated database. */
    public static DataSource empty() {
        DataSource dataSource = SERVER.getPostgresDatabase();
        JdbcClient.create(dataSource)
                .sql("truncate run, step, evaluation, event, outbox restart identity cascade")
                .update();
        return dataSource;
    }

    /** Where a Spring context finds it. */
    public static String url() {
        return SERVER.getJdbcUrl("postgres", "postgres");
    }
}
