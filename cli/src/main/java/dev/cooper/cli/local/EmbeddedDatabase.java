package dev.cooper.cli.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A real PostgreSQL as a child process on loopback, over a folder that is kept and synced. */
final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final Duration STARTUP = Duration.ofSeconds(60);
    private static final Duration ORPHAN_GRACE = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final String POSTMASTER_FILE = "postmaster.pid";

    private final EmbeddedPostgres server;

    private EmbeddedDatabase(EmbeddedPostgres server) {
        this.server = server;
    }

    /**
     * Starts on the folder; the caller holds the folder's lock.
     *
     * @param cacheFolder where the binaries are unpacked, once for all data folders
     */
    static EmbeddedDatabase start(Path folder, Path cacheFolder) {
        try {
            Files.createDirectories(cacheFolder);
            stopOrphan(folder);
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setDataDirectory(folder)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setOverrideWorkingDirectory(cacheFolder.resolve("postgres").toFile())
                    .setPGStartupWait(STARTUP)
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("max_connections", "30")
                    .setServerConfig("shared_buffers", "32MB")
                    .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                    .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new EmbeddedDatabase(server);
        } catch (IOException | IllegalStateException e) {
            throw new CannotStartException("PostgreSQL does not start on " + folder + ": " + e.getMessage(), e);
        }
    }

    String jdbcUrl() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** A killed JVM leaves its PostgreSQL behind, which would refuse a second one on the same folder. */
    static void stopOrphan(Path folder) {
        Optional<ProcessHandle> orphan = postmaster(folder);
        if (orphan.isPresent()) {
            log.info(
                    "stopping the PostgreSQL (process {}) that a killed Cooper left on {}",
                    orphan.get().pid(),
                    folder);
            orphan.get().destroy();
            if (!hasEnded(orphan.get(), folder)) {
                log.warn(
                        "PostgreSQL (process {}) does not stop; killing it",
                        orphan.get().pid());
                orphan.get().destroyForcibly();
                hasEnded(orphan.get(), folder);
            }
        }
        try {
            // Left by a killed server; a number that another process has by now would stop the new one.
            Files.deleteIfExists(folder.resolve(POSTMASTER_FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks for the command and not for the process, which may stay as a zombie where nobody collects orphans. */
    private static boolean hasEnded(ProcessHandle process, Path folder) {
        try {
            for (long waited = 0; waited < ORPHAN_GRACE.toMillis(); waited += LOOK.toMillis()) {
                if (!serves(process, folder)) {
                    return true;
                }
                Thread.sleep(LOOK);
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a left-over PostgreSQL stops", e);
        }
    }

    /** The process that the folder's pid file names, if it lives and is a PostgreSQL. */
    static Optional<ProcessHandle> postmaster(Path folder) {
        Path file = folder.resolve(POSTMASTER_FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(process -> serves(process, folder));
        } catch (IOException | NumberFormatException e) {
            log.warn("cannot read {}", file, e);
            return Optional.empty();
        }
    }

    private static boolean serves(ProcessHandle process, Path folder) {
        return process.info()
                .commandLine()
                .map(command -> command.contains("postgres") && command.contains(folder.toString()))
                .orElse(false);
    }
}
