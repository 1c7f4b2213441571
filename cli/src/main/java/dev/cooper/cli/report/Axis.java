package dev.cooper.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Maps figures to places between two coordinates, with round marks.
 *
 * @param low least figure, at coordinate {@code from}
 * @param high greatest figure, at coordinate {@code to}
 */
public record Axis(double low, double high, double from, double to) {
    private static final int MARKS = 5;

    /** An axis whose ends are round and hold all of these figures; from 0 to 1 if all are 0. */
    public static Axis over(double least, double greatest, double from, double to) {
        double span = greatest - least;
        if (span == 0 && least == 0) {
            return over(0, 1, from, to);
        }
        double pad = span > 0 ? span : Math.abs(greatest) * 0.1;
        double step = roundStep((span > 0 ? span : pad) / MARKS);
        double low = Math.floor((least - (span > 0 ? 0 : pad)) / step) * step;
        double high = Math.ceil((greatest + (span > 0 ? 0 : pad)) / step) * step;
        return new Axis(low, high, from, to);
    }

    public double place(double figure) {
        return from + (figure - low) / (high - low) * (to - from);
    }

    public List<Double> marks() {
        double step = roundStep((high - low) / MARKS);
        List<Double> marks = new ArrayList<>();
        for (long i = Math.round(Math.ceil(low / step - 1e-9)); i * step <= high + step * 1e-9; i++) {
            marks.add(i * step);
        }
        return marks;
    }

    /** With as many decimals as the marks differ in. */
    public String label(double mark) {
        double step = roundStep((high - low) / MARKS);
        if (step < 1e-4) {
            return mark == 0 ? "0" : String.format(Locale.ROOT, "%.0e", mark);
        }
        int decimals = Math.max(0, (int) Math.ceil(-Math.log10(step) - 1e-9));
        return String.format(Locale.ROOT, "%." + decimals + "f", mark);
    }

    /** 1, 2 or 5 times a power of ten, about as large as asked for. */
    private static double roundStep(double wanted) {
        double power = Math.pow(10, Math.floor(Math.log10(wanted)));
        double factor = wanted / power;
        double round = factor < 1.5 ? 1 : factor < 3.5 ? 2 : factor < 7.5 ? 5 : 10;
        return round * power;
    }
}
