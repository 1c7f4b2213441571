package dev.cooper.orchestrator.api;

import dev.cooper.orchestrator.hacking.Example;
import dev.cooper.orchestrator.hacking.Reading;
import dev.cooper.orchestrator.hacking.Suspicion;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * How far a run's reward model is from its first steps, and when it was suspected of being hacked.
 *
 * @param policy alert, pause or rollback
 * @param baselineSteps the first steps, which the later ones are compared with
 * @param window steps that the means of now are over
 * @param step the newest step that was looked at; 0 before the first
 * @param suspectedSince the step in which what is suspected now began; null when nothing is
 * @param figures those that both the first and the last steps have
 * @param alerts the oldest first
 */
@JsonNaming(SnakeCaseStrategy.class)
public record HackingView(
        String runId,
        String policy,
        int baselineSteps,
        int window,
        long step,
        @Nullable Long suspectedSince,
        List<FigureView> figures,
        List<AlertView> alerts) {

    /**
     * A figure now and in the first steps.
     *
     * @param figure its name in the steps' metrics
     * @param baselineCompletions that the baseline rests on
     * @param completions that the mean over the window rests on
     * @param excess over the baseline; of the AUC the drop below it
     * @param bound that the excess must not pass; null for a figure that is only shown
     * @param tells whether there is enough of both to judge it
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record FigureView(
            String figure,
            double baseline,
            long baselineCompletions,
            double mean,
            long completions,
            double excess,
            @Nullable Double bound,
            boolean tells,
            boolean over) {
        static FigureView of(Reading reading) {
            return new FigureView(
                    reading.figure().metric(),
                    reading.baseline().value(),
                    Math.round(reading.baseline().weight()),
                    reading.recent().value(),
                    Math.round(reading.recent().weight()),
                    reading.excess(),
                    reading.bound().isPresent() ? reading.bound().getAsDouble() : null,
                    reading.tells(),
                    reading.isOver());
        }
    }

    /**
     * A time at which the run's reward model was suspected.
     *
     * @param subsidedIn the step in which all figures were back; null while they are not
     * @param policy what the run did about it
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record AlertView(
            long step,
            Instant at,
            @Nullable Long subsidedIn,
            String policy,
            int window,
            List<Suspicion.Excess> figures,
            List<ExampleView> examples) {}

    /**
     * A completion that the reward model likes and the rule rejects.
     *
     * @param secondOpinion what a judge beside the rule says: correct or incorrect; null when it was not asked or does
     *     not know
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record ExampleView(
            int slot,
            int sample,
            String problemId,
            String question,
            String reference,
            String completion,
            double score,
            String reason,
            String extractedAnswer,
            @Nullable String secondOpinion) {
        static ExampleView of(Example example, @Nullable Boolean right) {
            return new ExampleView(
                    example.slot(),
                    example.sample(),
                    example.problemId(),
                    example.question(),
                    example.reference(),
                    example.completion(),
                    example.score(),
                    example.reason(),
                    example.extractedAnswer(),
                    right == null ? null : right ? "correct" : "incorrect");
        }
    }
}
