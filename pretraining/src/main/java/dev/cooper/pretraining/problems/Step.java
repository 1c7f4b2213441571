package dev.cooper.pretraining.problems;

/**
 * One operation of a problem, on quantities by their position: first the given numbers in the order of the text, then
 * the results of the earlier steps.
 */
public record Step(int left, Sign sign, int right) {
    public Step {
        if (left < 0 || right < 0) {
            throw new IllegalArgumentException("step: negative position in " + left + " " + sign + " " + right);
        }
    }

    Step withOppositeSign() {
        return new Step(left, sign.opposite(), right);
    }
}
