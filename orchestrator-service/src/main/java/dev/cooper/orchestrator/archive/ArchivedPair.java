package dev.cooper.orchestrator.archive;

/** What came of a group of an archived step when its pair was made. */
public sealed interface ArchivedPair {

    int slot();

    ArchivedProblem problem();

    /**
     * A pair that the reward model was trained on.
     *
     * @param source where its negative came from, such as {@code ASSISTANT}
     * @param attempts rewrites that it took
     * @param assistant who rewrote; empty when nobody was asked
     */
    record Made(
            int slot,
            ArchivedProblem problem,
            Side positive,
            Side negative,
            String source,
            String style,
            int attempts,
            String assistant,
            ArchivedPlace place)
            implements ArchivedPair {}

    /** Why the group gave no pair, such as {@code NOTHING_CORRECT}, and in other words what was seen. */
    record None(int slot, ArchivedProblem problem, String reason, String detail) implements ArchivedPair {}

    /**
     * One side of a pair.
     *
     * @param sample which of the group's completions it is; -1 for a text that was written for the pair
     * @param reason of the verdict; empty when it is CORRECT
     */
    record Side(String text, int sample, String reason, String extractedAnswer, String explanation) {}
}
