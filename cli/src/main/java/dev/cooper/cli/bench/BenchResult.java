package dev.cooper.cli.bench;

import java.util.List;
import java.util.Locale;

/** Measurements of one work at one batch size. */
public record BenchResult(List<Measurement> repeats) {
    private static final String ROW = "%-16s %6s %22s %10s %12s %9s%n";
    private static final double MEBIBYTE = 1 << 20;

    public BenchResult {
        repeats = List.copyOf(repeats);
        if (repeats.isEmpty()) {
            throw new IllegalArgumentException("A result needs a measurement");
        }
    }

    double medianSeconds() {
        List<Double> sorted = sortedSeconds();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private List<Double> sortedSeconds() {
        return repeats.stream().map(Measurement::seconds).sorted().toList();
    }

    double tokensPerSecond() {
        return repeats.getFirst().tokens() / medianSeconds();
    }

    double sequencesPerSecond() {
        return repeats.getFirst().size().sequences() / medianSeconds();
    }

    long residentPeak() {
        return repeats.stream().mapToLong(Measurement::residentPeak).max().orElse(0);
    }

    /** Names of the columns. */
    public static String head() {
        return String.format(
                Locale.ROOT, ROW, "work", "batch", "seconds (min-max)", "tokens/s", "sequences/s", "peak MiB");
    }

    /** A line of the table. */
    public String row() {
        List<Double> sorted = sortedSeconds();
        return String.format(
                Locale.ROOT,
                ROW,
                repeats.getFirst().work().text(),
                repeats.getFirst().size().sequences(),
                String.format(Locale.ROOT, "%.3f (%.3f-%.3f)", medianSeconds(), sorted.getFirst(), sorted.getLast()),
                String.format(Locale.ROOT, "%.0f", tokensPerSecond()),
                String.format(Locale.ROOT, "%.1f", sequencesPerSecond()),
                String.format(Locale.ROOT, "%.0f", residentPeak() / MEBIBYTE));
    }
}
