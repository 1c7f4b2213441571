package dev.cooper.orchestrator.api;

import dev.cooper.orchestrator.run.Evaluation;
import dev.cooper.orchestrator.run.SetFigures;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * An evaluation, as REST shows it; its numbers are those of {@link Evaluation}.
 *
 * @param passAtK null in an evaluation from before sets were kept
 */
@JsonNaming(SnakeCaseStrategy.class)
public record EvaluationView(
        long step,
        long policyVersion,
        int problems,
        int samples,
        double accuracy,
        double standardError,
        @Nullable Double passAtK,
        double formatShare,
        double meanLength,
        double seconds,
        List<SetView> sets) {

    /** The figures of one set: those of {@link SetFigures}. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record SetView(
            String name,
            int problems,
            int leftOut,
            double accuracy,
            double standardError,
            double passAtK,
            double formatShare,
            double meanLength) {
        static SetView of(SetFigures set) {
            return new SetView(
                    set.name(),
                    set.problems(),
                    set.leftOut(),
                    set.accuracy(),
                    set.standardError(),
                    set.passAtK(),
                    set.formatShare(),
                    set.meanLength());
        }
    }

    static EvaluationView of(Evaluation evaluation) {
        return new EvaluationView(
                evaluation.step(),
                evaluation.policyVersion(),
                evaluation.problems(),
                evaluation.samples(),
                evaluation.accuracy(),
                evaluation.standardError(),
                evaluation.passAtK().isPresent() ? evaluation.passAtK().getAsDouble() : null,
                evaluation.formatShare(),
                evaluation.meanLength(),
                evaluation.seconds(),
                evaluation.sets().stream().map(SetView::of).toList());
    }
}
