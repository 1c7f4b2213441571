package dev.cooper.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedDatabaseTest {
    private static final Path CACHE = LocalSettings.defaultCacheFolder();

    @TempDir
    private Path temp = Path.of("");

    @Test
    void rowsOutliveARestart() throws Exception {
        Path folder = temp.resolve("postgres");
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder, CACHE)) {
            execute(database, "create table kept(word text)");
            execute(database, "insert into kept values ('committed')");
            assertThat(ask(database, "show fsync")).isEqualTo("on");
            assertThat(ask(database, "show synchronous_commit")).isEqualTo("on");
        }

        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder, CACHE)) {
            assertThat(ask(database, "select word from kept")).isEqualTo("committed");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void rowsOutliveAKilledOwner(boolean serverKilledToo) throws Exception {
        Path folder = temp.resolve("postgres");
        Process owner = startOwner(folder);
        ProcessHandle server = EmbeddedDatabase.postmaster(folder).orElseThrow();
        owner.destroyForcibly().waitFor();
        if (serverKilledToo) {
            server.destroyForcibly();
            server.onExit().get(10, TimeUnit.SECONDS);
        } else {
            assertThat(server.isAlive()).as("left behind by its owner").isTrue();
        }

        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder, CACHE)) {
            assertThat(EmbeddedDatabase.postmaster(folder)).isPresent().get().isNotEqualTo(server);
            assertThat(ask(database, "select word from kept")).isEqualTo("committed");
        }
    }

    /** Another JVM with a database on the folder, in which a row is committed. */
    private static Process startOwner(Path folder) throws IOException {
        Process owner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line = owner.inputReader().readLine();
        assertThat(line).isEqualTo("committed");
        return owner;
    }

    static final class Owner {
        public static void main(String[] args) throws Exception {
            EmbeddedDatabase database = EmbeddedDatabase.start(Path.of(args[0]), CACHE);
            execute(database, "create table kept(word text)");
            execute(database, "insert into kept values ('committed')");
            System.out.println("committed");
            new CountDownLatch(1).await();
        }
    }

    private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
