package dev.cooper.mathverifier.algebra;

/** A double and a bound of its error. */
record Ball(double middle, double radius) {
    static final Ball ZERO = new Ball(0, 0);
    static final Ball ONE = new Ball(1, 0);

    /** Exactly. */
    boolean isZero() {
        return middle == 0 && radius == 0;
    }
}
