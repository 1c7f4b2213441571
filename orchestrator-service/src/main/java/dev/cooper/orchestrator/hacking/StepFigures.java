package dev.cooper.orchestrator.hacking;

import java.util.Map;

/**
 * What a step's groups have shown.
 *
 * @param wentBack whether the step began by going back: what was measured before is of other models
 * @param metrics by their names in docs/metrics.md
 */
public record StepFigures(long step, boolean wentBack, Map<String, Double> metrics) {

    /** Of a step whose groups are not frozen yet, or of one in mode rule, there is nothing to see. */
    public static final String PRESENT = "score_mean";

    public StepFigures {
        metrics = Map.copyOf(metrics);
    }

    /** 0 when the step could not tell. */
    double count(String metric) {
        return metrics.getOrDefault(metric, 0.0);
    }
}
