package dev.cooper.simulation;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** All chance of one simulated world. */
final class Chance {
    private final RandomGenerator random;
    private double crashes;
    private int died;
    private boolean inexact;

    Chance(long seed, double crashes) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.crashes = crashes;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Dies at this point, now and then. */
    void mayCrash(String where) {
        if (random.nextDouble() < crashes) {
            died++;
            throw new Crash(where);
        }
    }

    int died() {
        return died;
    }

    /** From here on nothing dies any more. */
    void calmDown() {
        crashes = 0;
    }

    /** From here on the same update gives other bytes now and then. */
    void beInexact() {
        inexact = true;
    }

    /** What an update adds to the bytes that it should give: mostly nothing. */
    String noise() {
        return inexact && isChaotic() && oneIn(3) ? "noise " + random.nextLong() : "";
    }

    /** Whether things die and calls are lost. */
    boolean isChaotic() {
        return crashes > 0;
    }
}
