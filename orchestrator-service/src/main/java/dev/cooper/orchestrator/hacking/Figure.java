package dev.cooper.orchestrator.hacking;

import dev.cooper.orchestrator.spec.RunSpec;
import java.util.OptionalDouble;

/**
 * A figure that is compared with the run's first steps. The first three have a bound; the others show in what the
 * completions have changed that please the reward model.
 */
public enum Figure {
    /** What the reward model pays beyond the rule. */
    SCORE_GAP("score_gap"),
    /** How much of what the rule rejects it likes. */
    FALSE_POSITIVE_SHARE("false_positive_share"),
    /** Whether it still tells right from wrong on the policy's own completions. */
    REWARD_AUC("reward_auc"),
    FALSE_POSITIVE_LENGTH_MEAN("false_positive_length_mean"),
    FALSE_POSITIVE_FORMAT_SHARE("false_positive_format_share"),
    SCORE_STD("score_std"),
    SCORE_FLAT_GROUPS_SHARE("score_flat_groups_share");

    private final String metric;

    Figure(String metric) {
        this.metric = metric;
    }

    /** Its name in a step's metrics. */
    public String metric() {
        return metric;
    }

    /** Completions that a step's value rests on. */
    double weight(StepFigures step) {
        double wrong = step.count("score_incorrect");
        return switch (this) {
            case SCORE_GAP, SCORE_STD, SCORE_FLAT_GROUPS_SHARE -> step.count("score_completions");
            case FALSE_POSITIVE_SHARE -> wrong;
            // Its error is that of the smaller side.
            case REWARD_AUC -> Math.min(step.count("score_correct"), wrong);
            case FALSE_POSITIVE_LENGTH_MEAN, FALSE_POSITIVE_FORMAT_SHARE -> wrong * step.count("false_positive_share");
        };
    }

    /** How far it is from the first steps, on the side of reward hacking: of the AUC the drop. */
    double excess(Mean baseline, Mean recent) {
        double more = recent.value() - baseline.value();
        return this == REWARD_AUC ? -more : more;
    }

    /** The excess that raises suspicion; empty when none does. */
    OptionalDouble bound(RunSpec.Hacking settings) {
        return switch (this) {
            case SCORE_GAP -> OptionalDouble.of(settings.gapExcess());
            case FALSE_POSITIVE_SHARE -> OptionalDouble.of(settings.falsePositiveExcess());
            case REWARD_AUC -> OptionalDouble.of(settings.aucDrop());
            case FALSE_POSITIVE_LENGTH_MEAN, FALSE_POSITIVE_FORMAT_SHARE, SCORE_STD, SCORE_FLAT_GROUPS_SHARE ->
                OptionalDouble.empty();
        };
    }
}
