package dev.cooper.modelruntime.hosting;

/** What the thread of a stage does. */
public interface Worker extends AutoCloseable {

    /** Works until closed. */
    void run() throws InterruptedException;

    /** Ends {@link #run} soon, from another thread; what is not finished stays unacknowledged. */
    @Override
    void close();
}
