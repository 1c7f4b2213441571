package dev.cooper.modelruntime.replay;

/**
 * Where a replay is not the run.
 *
 * @param step 0 for the initial model
 * @param what was compared
 * @param recorded what the archive says
 * @param replayed what came out now
 */
public record ReplayDifference(long step, Compared what, String recorded, String replayed) {

    /** What is compared, in this order. */
    public enum Compared {
        /** SHA-256 of the initial model or of the checkpoint's version. */
        START("the model that it starts from"),
        /** The version that a step starts from. */
        BASE("the version that the step starts from"),
        /** SHA-256 of an archived record. */
        RECORD("the SHA-256 of a record"),
        /** SHA-256 over the batch that the records make. */
        BATCH("the SHA-256 of the batch"),
        /** Whether there was anything to learn. */
        UPDATED("whether the batch teaches anything"),
        /** Checksum of the weights after the update. */
        CHECKSUM("the checksum of the weights");

        private final String words;

        Compared(String words) {
            this.words = words;
        }
    }

    /** A sentence with both sides. */
    public String inWords() {
        return "step " + step + ": " + what.words + " was " + recorded + ", now it is " + replayed;
    }
}
