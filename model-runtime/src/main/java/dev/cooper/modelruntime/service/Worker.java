package dev.cooper.modelruntime.service;

/** What the thread of a stage does. */
public interface Worker extends AutoCloseable {

    /** Works until closed. */
    void run() throws InterruptedException;

    /** Ends {@link #run} soon, from another thread. */
    @Override
    void close();

    /** Frees what the work used; called once, by the thread that worked, after {@link #run}. */
    void release();
}
