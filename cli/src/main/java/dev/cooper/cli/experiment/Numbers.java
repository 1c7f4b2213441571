package dev.cooper.cli.experiment;

import java.util.Locale;

/** Figures as people read them; a dash for what is not known. */
final class Numbers {
    private static final double PERCENT = 100;

    private Numbers() {}

    static String fixed(String format, double figure) {
        return Double.isFinite(figure) ? String.format(Locale.ROOT, format, figure) : "-";
    }

    static String percent(double share) {
        return fixed("%.1f %%", PERCENT * share);
    }

    /** In percent, with the standard error where there is one. */
    static String percent(Spread spread) {
        if (!Double.isFinite(spread.mean())) {
            return "-";
        }
        return Double.isFinite(spread.standardError())
                ? String.format(
                        Locale.ROOT, "%.1f ± %.1f %%", PERCENT * spread.mean(), PERCENT * spread.standardError())
                : percent(spread.mean());
    }

    /** In points of percent, signed. */
    static String points(double difference) {
        return fixed("%+.1f", PERCENT * difference);
    }

    /** With the standard error where there is one. */
    static String fixed(String format, Spread spread) {
        if (!Double.isFinite(spread.mean())) {
            return "-";
        }
        String mean = fixed(format, spread.mean());
        return Double.isFinite(spread.standardError())
                ? mean + " ± " + fixed(format.replace("+", ""), spread.standardError())
                : mean;
    }

    /** For a program. */
    static String raw(double figure) {
        return Double.isFinite(figure) ? Double.toString(figure) : "";
    }
}
