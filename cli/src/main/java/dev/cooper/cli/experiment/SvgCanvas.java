package dev.cooper.cli.experiment;

import dev.cooper.cli.report.Html;
import java.util.Locale;

/** An SVG element. */
final class SvgCanvas implements Canvas {
    private final StringBuilder svg;

    SvgCanvas(double width, double height, String title) {
        svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"%s\" xmlns=\"http://www.w3.org/2000/svg\">%n",
                width,
                height,
                Html.escape(title)));
    }

    String element() {
        return svg + "</svg>\n";
    }

    @Override
    public void line(double x1, double y1, double x2, double y2, int colour, double width) {
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#%06x\" stroke-width=\"%.1f\"/>%n",
                x1,
                y1,
                x2,
                y2,
                colour,
                width));
    }

    @Override
    public void path(double[] x, double[] y, int colour, double width) {
        svg.append(String.format(
                Locale.ROOT,
                "<polyline points=\"%s\" style=\"fill:none;stroke:#%06x;stroke-width:%.1f\"/>%n",
                places(x, y),
                colour,
                width));
    }

    @Override
    public void area(double[] x, double[] y, int colour) {
        svg.append(String.format(
                Locale.ROOT, "<polygon points=\"%s\" fill=\"#%06x\" fill-opacity=\"0.15\"/>%n", places(x, y), colour));
    }

    @Override
    public void dot(double x, double y, double radius, int colour) {
        svg.append(String.format(
                Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"#%06x\"/>%n", x, y, radius, colour));
    }

    @Override
    public void text(double x, double y, String text, int colour, double size, boolean bold, Anchor anchor) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" style=\"fill:#%06x;font-size:%.0fpx;font-weight:%s;text-anchor:%s\">%s</text>%n",
                x,
                y,
                colour,
                size,
                bold ? "600" : "400",
                anchor.name().toLowerCase(Locale.ROOT),
                Html.escape(text)));
    }

    private static String places(double[] x, double[] y) {
        StringBuilder places = new StringBuilder();
        for (int i = 0; i < x.length; i++) {
            places.append(String.format(Locale.ROOT, i == 0 ? "%.1f,%.1f" : " %.1f,%.1f", x[i], y[i]));
        }
        return places.toString();
    }
}
