package dev.cooper.cli.experiment;

/** Student's t distribution with a whole number of degrees of freedom. */
final class StudentT {
    private static final double HIGHEST = 1e6;
    private static final int HALVINGS = 200;

    private StudentT() {}

    /** P(T ≤ t); Abramowitz and Stegun 1972, 26.7.3 and 26.7.4. */
    static double cumulative(double t, int degrees) {
        double angle = Math.atan(t / Math.sqrt(degrees));
        double cosine = Math.cos(angle);
        double sum = 0;
        double term = degrees % 2 == 1 ? cosine : 1;
        for (int k = degrees % 2 == 1 ? 1 : 0; k <= degrees - 2; k += 2) {
            sum += term;
            term *= cosine * cosine * (k + 1) / (k + 2);
        }
        double inside = degrees % 2 == 1 ? 2 / Math.PI * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
        return (1 + inside) / 2;
    }

    /**
     * The t below which T is with this probability.
     *
     * @param probability from a half on, below 1
     */
    static double quantile(double probability, int degrees) {
        double low = 0;
        double high = HIGHEST;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (cumulative(middle, degrees) < probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }
}
