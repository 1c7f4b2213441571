package dev.cooper.reward.training;

/** Who follows a training. Called on its thread. */
public interface TrainingObserver {

    /** Told of what was done. */
    void progress(TrainingProgress progress);

    /** Asked before every step. The training then keeps its place and ends; called again, it goes on. */
    default boolean stopRequested() {
        return false;
    }
}
