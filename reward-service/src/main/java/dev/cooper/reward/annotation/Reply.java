package dev.cooper.reward.annotation;

/** What a model wrote. */
record Reply(String text, Ending ending) {

    /** Nothing was written, for the prompt alone fills the model's context. */
    static final Reply NO_ROOM = new Reply("", Ending.NO_ROOM);

    /** Why a text ended. */
    enum Ending {
        /** The model ended it. */
        FINISHED,
        /** It reached its limit. */
        TRUNCATED,
        /** The prompt left no room for it. */
        NO_ROOM
    }
}
