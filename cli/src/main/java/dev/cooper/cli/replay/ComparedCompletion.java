package dev.cooper.cli.replay;

import java.util.OptionalDouble;

/**
 * A completion with the reward that was logged and the one that it would have got.
 *
 * @param verdict of the rule, such as {@code INCORRECT}
 * @param reason of the verdict; empty for CORRECT
 * @param advantageLogged empty when training masked the completion
 * @param advantageOther as {@code advantageLogged}
 */
public record ComparedCompletion(
        long step,
        int slot,
        int sample,
        String text,
        String verdict,
        String reason,
        double rewardLogged,
        double rewardOther,
        OptionalDouble advantageLogged,
        OptionalDouble advantageOther) {

    /** Whether both have an advantage. */
    boolean isTrained() {
        return advantageLogged.isPresent() && advantageOther.isPresent();
    }

    /** How far the advantage moves; that of a masked completion is 0. */
    double advantageChange() {
        return Math.abs(advantageOther.orElse(0) - advantageLogged.orElse(0));
    }

    /** Whether what was made more likely would have been made less likely, or the other way round. */
    boolean changesSign() {
        return advantageLogged.orElse(0) * advantageOther.orElse(0) < 0;
    }
}
