package dev.cooper.mathverifier.extraction;

import java.util.Arrays;

/** A growing list of indexes into a text, in ascending order. */
final class Positions {
    private int[] values = new int[8];
    private int size;

    void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
    }

    int get(int index) {
        return values[index];
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Forgets all from {@code index} on. */
    void truncate(int index) {
        size = index;
    }

    /** How many are less than or equal to {@code value}. */
    int countUpTo(int value) {
        int found = Arrays.binarySearch(values, 0, size, value);
        return found >= 0 ? found + 1 : -found - 1;
    }
}
