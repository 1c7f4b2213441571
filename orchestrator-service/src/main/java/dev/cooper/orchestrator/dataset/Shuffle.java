package dev.cooper.orchestrator.dataset;

/** The order in which an epoch meets the problems: a function of the seed and the epoch alone. */
final class Shuffle {

    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private Shuffle() {}

    /** A permutation of 0 .. size-1 (Fisher and Yates's). */
    static int[] order(int size, long seed, long epoch) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        long state = scramble(seed) ^ scramble(~epoch);
        for (int i = size - 1; i > 0; i--) {
            state += GOLDEN_GAMMA;
            int j = (int) Math.unsignedMultiplyHigh(scramble(state), i + 1L);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }

    /** The output function of SplitMix64 (Steele, Lea and Flood 2014). */
    private static long scramble(long state) {
        long z = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
