package dev.cooper.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The most memory that the platform's processes have had resident, as the kernel kept it.
 *
 * @param jvmBytes of this JVM: services, broker and models
 * @param databaseBytes the sum over PostgreSQL's processes; pages that they share count in each
 */
public record PeakMemory(long jvmBytes, long databaseBytes) {

    static PeakMemory measure(Path databaseFolder) {
        long database = EmbeddedDatabase.postmaster(databaseFolder).stream()
                .flatMap(server -> Stream.concat(Stream.of(server), server.descendants()))
                .mapToLong(process -> peakOf(process.pid()))
                .sum();
        return new PeakMemory(peakOf(ProcessHandle.current().pid()), database);
    }

    public long totalBytes() {
        return jvmBytes + databaseBytes;
    }

    /** 0 where the system does not tell, or when the process has just ended. */
    private static long peakOf(long pid) {
        try {
            List<String> status = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"));
            return status.stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException _) {
            return 0;
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%d MiB (JVM %d, PostgreSQL %d)", totalBytes() >> 20, jvmBytes >> 20, databaseBytes >> 20);
    }
}
