package dev.cooper.mathverifier.fuzz;

/** One answer, as a reference and as a box. Run by {@link FuzzingTest} in a JVM of its own. */
public final class ParserFuzzTarget {
    private ParserFuzzTarget() {}

    /** What the fuzzer calls, by this name. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        FuzzText text = FuzzText.of(bytes);
        Laws.aReferenceDoesNotDifferFromItself(text.first() + text.second());
    }
}
