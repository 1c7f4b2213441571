package dev.cooper.orchestrator.hacking;

import java.util.OptionalDouble;

/**
 * A figure beside what it was in the run's first steps.
 *
 * @param recent over the window
 * @param bound of the excess; empty when the figure is only shown
 * @param tells whether both means rest on enough completions, and the window is whole
 */
public record Reading(Figure figure, Mean baseline, Mean recent, OptionalDouble bound, boolean tells) {

    /** A figure that has fallen back to this share of its bound is no longer suspicious: it must not flicker. */
    private static final double CALM = 0.5;

    public double excess() {
        return figure.excess(baseline, recent);
    }

    /** Whether it raises suspicion. */
    public boolean isOver() {
        return tells && bound.isPresent() && excess() > bound.getAsDouble();
    }

    /** Whether it keeps up a suspicion that has been raised. */
    boolean isUneasy() {
        return tells && bound.isPresent() && excess() > CALM * bound.getAsDouble();
    }
}
