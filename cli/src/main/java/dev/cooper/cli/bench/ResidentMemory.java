package dev.cooper.cli.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory of this process that is in RAM, as Linux counts it; 0 elsewhere. */
final class ResidentMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");
    private static final String RESET_PEAK = "5";

    private ResidentMemory() {}

    /** Begins a new peak, where the system allows it. */
    static void resetPeak() {
        if (Files.isWritable(CLEAR)) {
            try {
                Files.writeString(CLEAR, RESET_PEAK, StandardCharsets.US_ASCII);
            } catch (IOException _) {
                // Some containers have the file and refuse the write; the peak is then that of the whole process.
                return;
            }
        }
    }

    static long bytes() {
        return read("VmRSS:");
    }

    static long peakBytes() {
        return read("VmHWM:");
    }

    private static long read(String key) {
        if (!Files.isReadable(STATUS)) {
            return 0;
        }
        try {
            return Files.readAllLines(STATUS, StandardCharsets.UTF_8).stream()
                    .filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
