package dev.cooper.orchestrator.webhook;

import dev.cooper.orchestrator.run.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Keeps who has been told what. Every method is one transaction. */
public interface NoticeBook {

    /** What became of a notice. */
    enum Outcome {
        /** Its run has no webhook, or none for this. */
        UNWANTED,
        DELIVERED,
        GIVEN_UP
    }

    /**
     * The oldest notice whose time has come. It is this caller's for so long; when the caller says nothing more, it
     * comes again.
     */
    Optional<Notice> claim(Instant now, Duration claim);

    /** It is tried again at this time. */
    void postpone(long sequence, Instant until);

    /** It is not tried again. */
    void settle(long sequence, Outcome outcome);

    /** It is not tried again, and the run's events say so. */
    void giveUp(long sequence, RunEvent told);
}
