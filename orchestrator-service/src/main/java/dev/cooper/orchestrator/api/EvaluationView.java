package dev.cooper.orchestrator.api;

import dev.cooper.orchestrator.run.Evaluation;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** An evaluation, as REST shows it; its numbers are those of {@link Evaluation}. */
@JsonNaming(SnakeCaseStrategy.class)
public record EvaluationView(
        long step,
        long policyVersion,
        int problems,
        int samples,
        double accuracy,
        double standardError,
        double formatShare,
        double meanLength,
        double seconds) {
    static EvaluationView of(Evaluation evaluation) {
        return new EvaluationView(
                evaluation.step(),
                evaluation.policyVersion(),
                evaluation.problems(),
                evaluation.samples(),
                evaluation.accuracy(),
                evaluation.standardError(),
                evaluation.formatShare(),
                evaluation.meanLength(),
                evaluation.seconds());
    }
}
