package dev.cooper.cli.experiment;

/** Something to draw on: a page or a picture. Colours are 0xRRGGBB; coordinates grow to the right and downwards. */
interface Canvas {
    /** Where a text stands relative to its place. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    void line(double x1, double y1, double x2, double y2, int colour, double width);

    /** A line through all of these places. */
    void path(double[] x, double[] y, int colour, double width);

    /** The area within these places, half transparent. */
    void area(double[] x, double[] y, int colour);

    void dot(double x, double y, double radius, int colour);

    void text(double x, double y, String text, int colour, double size, boolean bold, Anchor anchor);
}
