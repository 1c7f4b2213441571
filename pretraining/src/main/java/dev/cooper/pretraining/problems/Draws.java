package dev.cooper.pretraining.problems;

import dev.cooper.languagemodel.random.CounterRandom;
import java.util.List;

/** A sequence of draws that is a function of its key alone. */
final class Draws {
    private final long key;
    private long position;

    private Draws(long key) {
        this.key = key;
    }

    /** The sequence of a seed and a path of counters below it. */
    static Draws of(long seed, long... path) {
        long key = seed;
        for (long counter : path) {
            key = CounterRandom.key(key, counter);
        }
        return new Draws(key);
    }

    /** A number from 0 to bound - 1. */
    int below(int bound) {
        return CounterRandom.integer(key, position++, bound);
    }

    /** A number from low to high, both included. */
    int between(int low, int high) {
        return low + below(high - low + 1);
    }

    /** A number from 0 to below 1. */
    double fraction() {
        return CounterRandom.uniform(key, position++);
    }

    boolean chance(double probability) {
        return fraction() < probability;
    }

    <T> T pick(List<T> list) {
        return list.get(below(list.size()));
    }
}
