package dev.cooper.modelruntime.hosting;

import java.time.Duration;

/** What the thread of a stage does. */
public interface Worker extends AutoCloseable {

    /** Works until closed. */
    void run() throws InterruptedException;

    /** Ends {@link #run} soon, from another thread; what is not finished stays unacknowledged. */
    @Override
    void close();

    /** How long {@link #run} may go on after {@link #close} before it is interrupted. */
    default Duration closesWithin() {
        return Duration.ofSeconds(15);
    }
}
