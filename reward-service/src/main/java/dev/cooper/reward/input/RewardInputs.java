package dev.cooper.reward.input;

import dev.cooper.languagemodel.reward.RewardInput;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ScoringSettings;

/** The run's scoring settings as the reward model takes them. What the message leaves empty is VerifyRM's own. */
public final class RewardInputs {

    private RewardInputs() {}

    /**
     * Reads the settings.
     *
     * @throws CooperException BAD_INPUT, naming what does not hold
     */
    public static RewardInput of(ScoringSettings settings) {
        try {
            String template =
                    settings.getTemplate().isEmpty() ? RewardInput.STANDARD.template() : settings.getTemplate();
            RewardInput.Cut cut = settings.getCutOverCharacters() == 0
                    ? RewardInput.Cut.STANDARD
                    : new RewardInput.Cut(
                            settings.getCutOverCharacters(),
                            settings.getKeepFirstCharacters(),
                            settings.getKeepLastCharacters());
            return new RewardInput(template, cut);
        } catch (IllegalArgumentException e) {
            throw new CooperException(
                    FailureReason.BAD_INPUT,
                    "the run's scoring settings do not hold: " + e.getMessage(),
                    e,
                    "reward.template");
        }
    }
}
