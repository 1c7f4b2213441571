package dev.cooper.reward.jobs;

/** What a job hears and tells while it works. */
public interface JobControl {

    /** To be asked often, at places from which the job can go on. */
    boolean stopRequested();

    /**
     * Tells how far it is.
     *
     * @param done units of work done, such as steps
     * @param total units in all; 0 while unknown
     * @param line for people
     */
    void progress(long done, long total, String line);
}
