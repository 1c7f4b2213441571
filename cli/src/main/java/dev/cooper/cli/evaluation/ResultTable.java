package dev.cooper.cli.evaluation;

import java.util.List;
import java.util.Locale;

/** Figures as a table for people. */
public final class ResultTable {
    private static final double PERCENT = 100;

    private ResultTable() {}

    /** The table, with a mean over the sets below when there are several, as the papers report it. */
    public static String of(List<SetResult> results) {
        int samples = results.isEmpty() ? 0 : results.getFirst().samples();
        var table = new StringBuilder("%-24s %8s %18s %8s %9s %9s %8s%n"
                .formatted("data", "problems", "mean@" + samples, "pass@" + samples, "readable", "finished", "tokens"));
        for (SetResult result : results) {
            table.append(String.format(
                    Locale.ROOT,
                    "%-24s %8d %18s %7.1f%% %8.1f%% %8.1f%% %8.1f%n",
                    result.name(),
                    result.problems(),
                    "%.1f ± %.1f %%".formatted(PERCENT * result.accuracy(), PERCENT * result.standardError()),
                    PERCENT * result.passAtK(),
                    PERCENT * result.answered(),
                    PERCENT * result.finished(),
                    result.meanTokens()));
        }
        if (results.size() > 1) {
            table.append(String.format(
                    Locale.ROOT,
                    "%-24s %8s %18s%n",
                    "mean of the sets",
                    "",
                    "%.1f %%"
                            .formatted(PERCENT
                                    * results.stream()
                                            .mapToDouble(SetResult::accuracy)
                                            .average()
                                            .orElse(0))));
        }
        for (SetResult result : results) {
            if (result.unscorable() > 0) {
                table.append("%s: %d problems left out, whose reference cannot be read%n"
                        .formatted(result.name(), result.unscorable()));
            }
        }
        return table.toString();
    }
}
