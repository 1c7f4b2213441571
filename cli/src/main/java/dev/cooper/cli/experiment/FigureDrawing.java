package dev.cooper.cli.experiment;

import dev.cooper.cli.experiment.Canvas.Anchor;
import dev.cooper.cli.experiment.Figure.Curve;
import dev.cooper.cli.experiment.Figure.Place;
import dev.cooper.cli.report.Axis;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Draws a figure: axes with round marks, a band and a line for each curve, a legend of their names. */
final class FigureDrawing {
    /** Told apart on paper and by people who see few colours. */
    static final List<Integer> COLOURS =
            List.of(0x14618f, 0xb4541a, 0x2e7d4f, 0x7d4f96, 0x7a8791, 0xb8860b, 0xa8325e, 0x3a3f44, 0x4fa3a5, 0x8a6d5a);

    private static final double WIDTH = 480;
    private static final double LEFT = 52;
    private static final double RIGHT = WIDTH - 12;
    private static final double LEGEND_LINE = 15;
    private static final double PLOT = 180;
    private static final int INK = 0x1d2328;
    private static final int QUIET = 0x5d6871;
    private static final int GRID = 0xeceff1;

    private final Figure figure;
    private final double top;
    private final double bottom;

    FigureDrawing(Figure figure) {
        this.figure = figure;
        this.top = 26 + LEGEND_LINE * legendLines();
        this.bottom = top + PLOT;
    }

    private double height() {
        return bottom + 34;
    }

    String svg() {
        SvgCanvas canvas = new SvgCanvas(WIDTH, height(), figure.title());
        draw(canvas);
        return canvas.element();
    }

    void png(Path file) throws IOException {
        ImageCanvas canvas = new ImageCanvas(WIDTH, height());
        draw(canvas);
        canvas.write(file);
    }

    private void draw(Canvas canvas) {
        List<Place> all = figure.curves().stream()
                .flatMap(curve -> curve.places().stream())
                .toList();
        Axis steps = Axis.over(
                all.stream().mapToDouble(Place::step).min().orElse(0),
                all.stream().mapToDouble(Place::step).max().orElse(1),
                LEFT,
                RIGHT);
        Axis values = Axis.over(
                all.stream().mapToDouble(Place::low).min().orElse(0),
                all.stream().mapToDouble(Place::high).max().orElse(1),
                bottom,
                top);
        canvas.text(LEFT, 16, figure.title(), INK, 13, true, Anchor.START);
        grid(canvas, steps, values);
        figure.curves().forEach(curve -> band(canvas, curve, steps, values));
        figure.curves().forEach(curve -> line(canvas, curve, steps, values));
        legend(canvas);
    }

    private void grid(Canvas canvas, Axis steps, Axis values) {
        for (double mark : values.marks()) {
            double y = values.place(mark);
            canvas.line(LEFT, y, RIGHT, y, GRID, 1);
            canvas.text(LEFT - 6, y + 3.5, values.label(mark), QUIET, 11, false, Anchor.END);
        }
        canvas.line(LEFT, bottom, RIGHT, bottom, QUIET, 1);
        for (double mark : steps.marks()) {
            double x = steps.place(mark);
            canvas.line(x, bottom, x, bottom + 4, QUIET, 1);
            canvas.text(x, bottom + 16, steps.label(mark), QUIET, 11, false, Anchor.MIDDLE);
        }
        canvas.text((LEFT + RIGHT) / 2, height() - 4, "step", QUIET, 11, false, Anchor.MIDDLE);
    }

    private static void band(Canvas canvas, Curve curve, Axis steps, Axis values) {
        List<Place> places = curve.places();
        int n = places.size();
        if (n < 2 || places.stream().noneMatch(place -> place.high() > place.low())) {
            return;
        }
        double[] x = new double[2 * n];
        double[] y = new double[2 * n];
        for (int i = 0; i < n; i++) {
            x[i] = steps.place(places.get(i).step());
            y[i] = values.place(places.get(i).high());
            x[2 * n - 1 - i] = x[i];
            y[2 * n - 1 - i] = values.place(places.get(i).low());
        }
        canvas.area(x, y, COLOURS.get(curve.colour()));
    }

    private static void line(Canvas canvas, Curve curve, Axis steps, Axis values) {
        int colour = COLOURS.get(curve.colour());
        double[] x = curve.places().stream()
                .mapToDouble(place -> steps.place(place.step()))
                .toArray();
        double[] y = curve.places().stream()
                .mapToDouble(place -> values.place(place.mean()))
                .toArray();
        canvas.path(x, y, colour, 1.8);
        for (int i = 0; i < x.length && (curve.marked() || x.length == 1); i++) {
            canvas.dot(x[i], y[i], 2.6, colour);
        }
    }

    private static double widthOf(String name) {
        return 6.2 * name.length() + 30;
    }

    private int legendLines() {
        int lines = 1;
        double x = LEFT;
        for (Curve curve : figure.curves()) {
            if (x > LEFT && x + widthOf(curve.name()) > RIGHT) {
                lines++;
                x = LEFT;
            }
            x += widthOf(curve.name());
        }
        return lines;
    }

    private void legend(Canvas canvas) {
        double x = LEFT;
        double y = 30;
        for (Curve curve : figure.curves()) {
            if (x > LEFT && x + widthOf(curve.name()) > RIGHT) {
                x = LEFT;
                y += LEGEND_LINE;
            }
            canvas.line(x, y, x + 14, y, COLOURS.get(curve.colour()), 2.4);
            canvas.text(x + 18, y + 4, curve.name(), QUIET, 11, false, Anchor.START);
            x += widthOf(curve.name());
        }
    }
}
