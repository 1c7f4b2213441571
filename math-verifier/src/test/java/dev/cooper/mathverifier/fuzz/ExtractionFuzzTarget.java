package dev.cooper.mathverifier.fuzz;

/** Whole completions. Run by {@link FuzzingTest} in a JVM of its own. */
public final class ExtractionFuzzTarget {
    private ExtractionFuzzTarget() {}

    /** What the fuzzer calls, by this name. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        FuzzText text = FuzzText.of(bytes);
        Laws.aCompletionEqualsNoRandomReference(text.first() + text.second());
    }
}
