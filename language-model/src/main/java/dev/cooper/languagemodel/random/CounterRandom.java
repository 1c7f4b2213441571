package dev.cooper.languagemodel.random;

/**
 * Random numbers without state: each is a pure function of a seed and counters, so that any of them can be made again,
 * in any order and by any process.
 *
 * <p>A key absorbs counters one by one, {@code key' = mix(mix(key + γ) + counter·γ')}, where mix is the finaliser of
 * SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014, variant 13 of Stafford), γ
 * the golden ratio in 64 bits and γ' another odd constant. Not for cryptography.
 */
public final class CounterRandom {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final long ODD = 0xD1B54A32D192ED03L;

    private CounterRandom() {}

    /** The key of one counter below a key or seed. */
    public static long key(long seed, long counter) {
        return mix(mix(seed + GOLDEN) + counter * ODD);
    }

    /** The key of one sequence of a run: a step, a slot (its group), and a sample in the group. */
    public static long key(long seed, long step, long slot, long sample) {
        return key(key(key(seed, step), slot), sample);
    }

    /** The key of a name, by FNV-1a over its UTF-16 units. */
    public static long key(long seed, String name) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
        }
        return key(seed, hash);
    }

    /** A float in [0, 1) with 24 random bits. */
    public static float uniformFloat(long key, long position) {
        return (key(key, position) >>> 40) * 0x1p-24f;
    }

    /** A double in [0, 1) with 53 random bits. */
    public static double uniform(long key, long position) {
        return (key(key, position) >>> 11) * 0x1p-53;
    }

    /** An int in [0, bound), uniform but for a bias below bound / 2^53. */
    public static int integer(long key, long position, int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound must be positive, not " + bound);
        }
        return (int) (uniform(key, position) * bound);
    }

    /** A standard normal value by Box and Muller, with StrictMath: equal on every machine. */
    public static double gaussian(long key, long position) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform(key, 2 * position)));
        return radius * StrictMath.cos(2 * Math.PI * uniform(key, 2 * position + 1));
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
