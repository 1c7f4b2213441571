package dev.cooper.mathverifier.algebra;

/** Chance that is the same on every machine and in every run. */
final class Seeds {
    private Seeds() {}

    /** The mixing step of SplitMix64 (Steele, Lea, Flood 2014). */
    static long mix(long key) {
        long z = key + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    static long combine(long key, long next) {
        return mix(key * 31 + mix(next));
    }

    static long of(String name) {
        long key = name.length();
        for (int i = 0; i < name.length(); i++) {
            key = combine(key, name.charAt(i));
        }
        return key;
    }
}
