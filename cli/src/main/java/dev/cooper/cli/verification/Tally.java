package dev.cooper.cli.verification;

import dev.cooper.mathverifier.Verdict;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Counts of verdicts by kind and reason, and the times of the checks. */
public final class Tally {
    private static final double NANOS_A_MICRO = 1e3;
    private static final int FIRST_ROOM = 1024;

    private final Map<String, Map<String, Integer>> counts = new TreeMap<>();
    private long[] nanos = new long[FIRST_ROOM];
    private int size;

    void add(Verdict verdict, long time) {
        counts.computeIfAbsent(verdict.kind(), _ -> new TreeMap<>()).merge(verdict.code(), 1, Integer::sum);
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
        }
        nanos[size++] = time;
    }

    /** For people: a line for all, then one a verdict and reason, then the times. */
    public String summary() {
        var summary = new StringBuilder();
        summary.append(String.format(Locale.ROOT, "%d checked%n", size));
        counts.forEach((kind, reasons) -> {
            int all = reasons.values().stream().mapToInt(Integer::intValue).sum();
            summary.append(String.format(Locale.ROOT, "%-10s %7d%n", kind, all));
            reasons.forEach(
                    (reason, count) -> summary.append(String.format(Locale.ROOT, "  %-32s %7d%n", reason, count)));
        });
        if (size > 0) {
            long[] sorted = Arrays.copyOf(nanos, size);
            Arrays.sort(sorted);
            summary.append(String.format(
                    Locale.ROOT,
                    "a check: median %.1f µs, p99 %.1f µs%n",
                    quantile(sorted, 0.5),
                    quantile(sorted, 0.99)));
        }
        return summary.toString();
    }

    /** The smallest time that this share of the checks does not exceed, in microseconds. */
    private static double quantile(long[] sorted, double share) {
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.max(1, rank) - 1] / NANOS_A_MICRO;
    }
}
