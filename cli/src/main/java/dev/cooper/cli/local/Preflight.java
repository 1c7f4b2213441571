package dev.cooper.cli.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What must hold before anything is started; each failed check says what to do about it. */
final class Preflight {
    static final long DISK_NEEDED = 2L << 30;
    static final long MEMORY_NEEDED = 2L << 30;
    private static final Path MEMORY_FIGURES = Path.of("/proc/meminfo");
    private static final Logger log = LoggerFactory.getLogger(Preflight.class);

    private Preflight() {}

    /** @throws CannotStartException naming the first thing that is wrong */
    static void check(LocalSettings settings) {
        checkSystem(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
        checkPort(settings.httpPort());
        checkDisk(settings.dataFolder(), usableSpace(settings.dataFolder()));
        checkMemory(availableMemory());
    }

    static void checkSystem(String system, String architecture) {
        boolean known = system.equals("Linux") && (architecture.equals("amd64") || architecture.equals("x86_64"));
        if (!known) {
            throw new CannotStartException("the local platform runs on Linux on x86-64 (PostgreSQL and libtorch come as"
                    + " binaries for it), not on " + system + " on " + architecture);
        }
    }

    static void checkPort(int port) {
        if (port == 0) {
            return;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new CannotStartException(
                    "port " + port + " on 127.0.0.1 cannot be had (" + e.getMessage()
                            + "); choose another one with --port, or 0 for any",
                    e);
        }
    }

    static void checkDisk(Path folder, long usable) {
        if (usable < DISK_NEEDED) {
            throw new CannotStartException(
                    "too little disk: " + gibibytes(usable) + " free where " + folder + " is, at least "
                            + gibibytes(DISK_NEEDED) + " needed; make room or name another folder with --data");
        }
    }

    static void checkMemory(long available) {
        if (available < MEMORY_NEEDED) {
            throw new CannotStartException("too little memory: " + gibibytes(available) + " available, at least "
                    + gibibytes(MEMORY_NEEDED) + " needed; close other programs");
        }
    }

    private static long usableSpace(Path folder) {
        Path existing = folder;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        try {
            return Files.getFileStore(existing).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes that programs can have without swapping; as large as can be where the system does not tell. */
    static long availableMemory() {
        try {
            return Files.readAllLines(MEMORY_FIGURES).stream()
                    .filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(Long.MAX_VALUE);
        } catch (IOException e) {
            log.info("available memory is not known", e);
            return Long.MAX_VALUE;
        }
    }

    private static String gibibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
    }
}
