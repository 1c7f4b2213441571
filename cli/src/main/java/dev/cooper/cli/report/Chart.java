package dev.cooper.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Curves over the steps of a run, as an SVG element. */
final class Chart {
    private static final double WIDTH = 460;
    private static final double HEIGHT = 246;
    private static final double LEFT = 52;
    private static final double RIGHT = WIDTH - 12;
    private static final double TOP = 46;
    private static final double BOTTOM = HEIGHT - 34;

    private final String title;
    private final List<Series> series = new ArrayList<>();

    /** @param error half the length of the error bar; 0 draws none */
    record Point(double step, double value, double error) {}

    /**
     * @param style one of the page's classes: s1 to s5
     * @param marked draw each point, as for sparse measurements
     */
    record Series(String name, String style, boolean marked, List<Point> points) {
        Series {
            points = points.stream().filter(p -> Double.isFinite(p.value())).toList();
        }
    }

    Chart(String title) {
        this.title = title;
    }

    Chart add(Series one) {
        series.add(one);
        return this;
    }

    /** An element, or a remark when there is nothing to draw. */
    String svg() {
        List<Point> all = series.stream().flatMap(s -> s.points().stream()).toList();
        if (all.isEmpty()) {
            return "<p class=\"none\">" + Html.escape(title) + ": not measured in this run</p>\n";
        }
        Axis steps = Axis.over(
                all.stream().mapToDouble(Point::step).min().orElse(0),
                all.stream().mapToDouble(Point::step).max().orElse(1),
                LEFT,
                RIGHT);
        Axis values = Axis.over(
                all.stream().mapToDouble(p -> p.value() - p.error()).min().orElse(0),
                all.stream().mapToDouble(p -> p.value() + p.error()).max().orElse(1),
                BOTTOM,
                TOP);
        StringBuilder svg = new StringBuilder(open(title));
        svg.append(grid(steps, values));
        for (Series one : series) {
            svg.append(draw(one, steps, values));
        }
        return svg.append(legend(
                        series.stream().map(s -> new Entry(s.name(), s.style())).toList()))
                .append("</svg>\n")
                .toString();
    }

    /** One bar a step, its parts on top of each other. */
    static String stacked(String title, List<Series> parts) {
        List<Point> first = parts.isEmpty() ? List.of() : parts.getFirst().points();
        if (first.isEmpty()) {
            return "<p class=\"none\">" + Html.escape(title) + ": not measured in this run</p>\n";
        }
        double[] sums = new double[first.size()];
        for (Series part : parts) {
            for (int i = 0; i < sums.length && i < part.points().size(); i++) {
                sums[i] += Math.max(0, part.points().get(i).value());
            }
        }
        double highest = 0;
        for (double sum : sums) {
            highest = Math.max(highest, sum);
        }
        Axis steps = Axis.over(first.getFirst().step(), first.getLast().step(), LEFT, RIGHT);
        Axis values = Axis.over(0, highest, BOTTOM, TOP);
        StringBuilder svg = new StringBuilder(open(title)).append(grid(steps, values));
        double width = Math.max(0.6, 0.85 * (steps.place(1) - steps.place(0)));
        double[] base = new double[sums.length];
        for (Series part : parts) {
            for (int i = 0; i < sums.length && i < part.points().size(); i++) {
                Point point = part.points().get(i);
                double value = Math.max(0, point.value());
                svg.append(String.format(
                        Locale.ROOT,
                        "<rect class=\"%s fill\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
                        part.style(),
                        steps.place(point.step()) - width / 2,
                        values.place(base[i] + value),
                        width,
                        values.place(base[i]) - values.place(base[i] + value)));
                base[i] += value;
            }
        }
        return svg.append(legend(
                        parts.stream().map(s -> new Entry(s.name(), s.style())).toList()))
                .append("</svg>\n")
                .toString();
    }

    private record Entry(String name, String style) {}

    private static String open(String title) {
        return String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"%s\">"
                        + "<text class=\"title\" x=\"%.0f\" y=\"16\">%s</text>%n",
                WIDTH,
                HEIGHT,
                Html.escape(title),
                LEFT,
                Html.escape(title));
    }

    private static String grid(Axis steps, Axis values) {
        StringBuilder grid = new StringBuilder();
        for (double mark : values.marks()) {
            double y = values.place(mark);
            grid.append(String.format(
                    Locale.ROOT,
                    "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>",
                    LEFT,
                    RIGHT,
                    y,
                    y));
            grid.append(String.format(
                    Locale.ROOT,
                    "<text class=\"y\" x=\"%.1f\" y=\"%.1f\">%s</text>",
                    LEFT - 6,
                    y + 3.5,
                    values.label(mark)));
        }
        for (double mark : steps.marks()) {
            double x = steps.place(mark);
            grid.append(String.format(
                    Locale.ROOT,
                    "<line class=\"tick\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>",
                    x,
                    x,
                    BOTTOM,
                    BOTTOM + 4));
            grid.append(String.format(
                    Locale.ROOT,
                    "<text class=\"x\" x=\"%.1f\" y=\"%.1f\">%s</text>",
                    x,
                    BOTTOM + 16,
                    steps.label(mark)));
        }
        return grid.append(String.format(
                        Locale.ROOT,
                        "<line class=\"axis\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>"
                                + "<text class=\"x\" x=\"%.1f\" y=\"%.1f\">step</text>%n",
                        LEFT,
                        RIGHT,
                        BOTTOM,
                        BOTTOM,
                        (LEFT + RIGHT) / 2,
                        HEIGHT - 4))
                .toString();
    }

    private static String draw(Series one, Axis steps, Axis values) {
        String path = one.points().stream()
                .map(p -> String.format(Locale.ROOT, "%.1f,%.1f", steps.place(p.step()), values.place(p.value())))
                .collect(Collectors.joining(" "));
        StringBuilder drawn = new StringBuilder(
                String.format(Locale.ROOT, "<polyline class=\"%s\" points=\"%s\"/>%n", one.style(), path));
        if (one.marked()) {
            one.points().forEach(point -> drawn.append(mark(one.style(), point, steps, values)));
        }
        return drawn.toString();
    }

    private static String mark(String style, Point point, Axis steps, Axis values) {
        double x = steps.place(point.step());
        String bar = point.error() > 0
                ? String.format(
                        Locale.ROOT,
                        "<line class=\"%s error\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>",
                        style,
                        x,
                        x,
                        values.place(point.value() - point.error()),
                        values.place(point.value() + point.error()))
                : "";
        return bar
                + String.format(
                        Locale.ROOT,
                        "<circle class=\"%s fill\" cx=\"%.1f\" cy=\"%.1f\" r=\"2.6\"/>%n",
                        style,
                        x,
                        values.place(point.value()));
    }

    /** Under the title, from left to right. */
    private static String legend(List<Entry> entries) {
        StringBuilder legend = new StringBuilder();
        double x = LEFT;
        for (Entry entry : entries.size() < 2 ? List.<Entry>of() : entries) {
            legend.append(String.format(
                    Locale.ROOT,
                    "<line class=\"%s\" x1=\"%.1f\" x2=\"%.1f\" y1=\"28\" y2=\"28\"/>",
                    entry.style(),
                    x,
                    x + 12));
            legend.append(String.format(
                    Locale.ROOT,
                    "<text class=\"legend\" x=\"%.1f\" y=\"32\">%s</text>",
                    x + 16,
                    Html.escape(entry.name())));
            x += 6.2 * entry.name().length() + 26;
        }
        return legend.append('\n').toString();
    }
}
