package dev.cooper.languagemodel.random;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Orders that are a pure function of a key. */
public final class Shuffle {
    private Shuffle() {}

    /** The places from 0 up to a size, in the order of the numbers that {@link CounterRandom} has for them. */
    public static List<Integer> order(long key, int size) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, size).boxed().toList());
        order.sort(Comparator.comparingDouble(place -> CounterRandom.uniform(key, place)));
        return order;
    }
}
