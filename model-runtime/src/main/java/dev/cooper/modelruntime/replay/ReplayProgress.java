package dev.cooper.modelruntime.replay;

/** Is told of every step that came out as recorded. */
@FunctionalInterface
public interface ReplayProgress {

    /**
     * A step came out as recorded.
     *
     * @param done moves made again, this one included
     * @param total moves of the whole replay
     */
    void replayed(ReplayedStep step, int done, int total);
}
