package dev.cooper.languagemodel.parity;

/** How far two lists of numbers are apart. */
final class Agreement {
    private Agreement() {}

    static double largestDifference(float[] ours, float[] theirs) {
        checkSizes(ours.length, theirs.length);
        double largest = 0;
        for (int i = 0; i < ours.length; i++) {
            largest = Math.max(largest, Math.abs((double) ours[i] - theirs[i]));
        }
        return largest;
    }

    /** The norm of the difference by the norm of what is expected. */
    static double relativeDistance(float[] ours, float[] theirs) {
        checkSizes(ours.length, theirs.length);
        double difference = 0;
        for (int i = 0; i < ours.length; i++) {
            difference += Math.pow((double) ours[i] - theirs[i], 2);
        }
        return Math.sqrt(difference) / norm(theirs);
    }

    static double norm(float[] values) {
        double squares = 0;
        for (float value : values) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }

    private static void checkSizes(int ours, int theirs) {
        if (ours != theirs) {
            throw new AssertionError("%d values where transformers has %d".formatted(ours, theirs));
        }
    }
}
