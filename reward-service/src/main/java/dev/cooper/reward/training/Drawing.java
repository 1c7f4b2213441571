package dev.cooper.reward.training;

import java.util.Formatter;
import java.util.Locale;

/** An SVG drawing with two axes, as text. Places are in the units of the axes. */
final class Drawing {

    private static final double WIDTH = 420;
    private static final double HEIGHT = 300;
    private static final double LEFT = 48;
    private static final double RIGHT = WIDTH - 14;
    private static final double TOP = 30;
    private static final double BOTTOM = HEIGHT - 36;
    private static final int MARKS = 5;

    /** The least and the greatest number of an axis; apart, whatever was given. */
    record Ends(double least, double greatest) {
        Ends {
            if (greatest - least < 1e-9) {
                least -= 0.5;
                greatest += 0.5;
            }
        }

        double share(double number) {
            return (number - least) / (greatest - least);
        }

        double mark(int i) {
            return least + i * (greatest - least) / MARKS;
        }
    }

    private final String title;
    private final Ends xs;
    private final Ends ys;
    private final StringBuilder parts = new StringBuilder();
    private final Formatter elements = new Formatter(parts, Locale.ROOT);

    /** @param across name of the horizontal axis */
    Drawing(String title, String across, Ends xs, Ends ys) {
        this.title = title;
        this.xs = xs;
        this.ys = ys;
        for (int i = 0; i <= MARKS; i++) {
            double x = x(xs.mark(i));
            double y = y(ys.mark(i));
            elements.format(
                    "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>", LEFT, y, RIGHT, y);
            elements.format(
                    "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 5, y + 4, label(ys.mark(i)));
            elements.format(
                    "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>", x, BOTTOM + 15, label(xs.mark(i)));
        }
        elements.format(
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>",
                (LEFT + RIGHT) / 2, HEIGHT - 5, escape(across));
    }

    Drawing line(double fromX, double fromY, double toX, double toY, String style) {
        elements.format(
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" %s/>",
                x(fromX), y(fromY), x(toX), y(toY), style);
        return this;
    }

    /** A point of a radius in the drawing's own units, with a text that shows under the pointer. */
    Drawing point(double x, double y, double radius, String color, String remark) {
        elements.format(
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\"><title>%s</title></circle>",
                x(x), y(y), radius, color, escape(remark));
        return this;
    }

    /** A bar that stands on the lower edge. */
    Drawing bar(double fromX, double toX, double height, String color) {
        elements.format(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>",
                x(fromX), y(height), x(toX) - x(fromX), BOTTOM - y(height), color);
        return this;
    }

    /** A word in the drawing's upper line, at a share of its width. */
    Drawing legend(double share, String color, String word) {
        elements.format(
                "<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\">%s</text>",
                LEFT + share * (RIGHT - LEFT), TOP - 3, color, escape(word));
        return this;
    }

    String svg() {
        return String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\" height=\"%.0f\""
                        + " role=\"img\" aria-label=\"%s\" font-family=\"sans-serif\" font-size=\"11\" fill=\"#333\">"
                        + "<text x=\"%.0f\" y=\"13\" font-weight=\"bold\">%s</text>%s</svg>%n",
                WIDTH,
                HEIGHT,
                WIDTH,
                HEIGHT,
                escape(title),
                LEFT,
                escape(title),
                parts);
    }

    private double x(double number) {
        return LEFT + xs.share(number) * (RIGHT - LEFT);
    }

    private double y(double number) {
        return BOTTOM - ys.share(number) * (BOTTOM - TOP);
    }

    private static String label(double number) {
        String text = String.format(Locale.ROOT, Math.abs(number) >= 100 ? "%.0f" : "%.3f", number);
        return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
