package dev.cooper.mathverifier.fuzz;

/** Two answers, either as the reference. Run by {@link FuzzingTest} in a JVM of its own. */
public final class ComparisonFuzzTarget {
    private ComparisonFuzzTarget() {}

    /** What the fuzzer calls, by this name. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        FuzzText text = FuzzText.of(bytes);
        Laws.comparingIsSymmetric(text.first(), text.second());
    }
}
