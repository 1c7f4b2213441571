package dev.cooper.cli.experiment;

import dev.cooper.cli.client.EvaluationView;
import dev.cooper.cli.evaluation.SetResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of a run, in one file.
 *
 * @param mode rule, static or cooper; none for a model that was only evaluated
 * @param specSha256 of what was submitted
 * @param state COMPLETED; PAUSED if the run paused itself; FAILED or CANCELLED
 * @param reason of a state that is not COMPLETED
 * @param runId on its platform; empty if there was none
 * @param wallSeconds from submission to the end, whatever went on beside, without the time that nothing ran
 * @param steps those that were committed, in order
 * @param evaluations of the run itself, in order
 * @param finals by the way to draw: the figures of each set
 * @param probes how well the reward model judged the labelled completions before and after; none without either
 * @param scoring what scoring cost; null without a reward model, or when it is not known
 * @param examples completions of the last step that the reward model likes and the rule finds INCORRECT
 */
public record RunRecord(
        String arm,
        long seed,
        String mode,
        String specSha256,
        String state,
        String reason,
        String runId,
        double wallSeconds,
        List<Step> steps,
        List<EvaluationView> evaluations,
        Map<String, List<SetResult>> finals,
        Map<String, Probe> probes,
        @Nullable Scoring scoring,
        List<Example> examples) {
    static final String INITIAL = "initial";
    static final String FINAL = "final";

    public RunRecord {
        steps = List.copyOf(steps);
        evaluations = List.copyOf(evaluations);
        finals = Map.copyOf(finals);
        probes = Map.copyOf(probes);
        examples = List.copyOf(examples);
    }

    /** A committed step. */
    public record Step(long step, Map<String, Double> metrics) {
        public Step {
            metrics = Map.copyOf(metrics);
        }
    }

    /**
     * A reward model's judgement of labelled completions.
     *
     * @param auc NaN if all labels are of one kind
     */
    public record Probe(int examples, double accuracy, double standardError, double auc, double calibrationError) {}

    /**
     * What was measured of scoring while the platform that ended the run was up.
     *
     * @param seconds computing scores
     * @param stepSeconds of the steps that were committed meanwhile
     */
    public record Scoring(double seconds, double stepSeconds) {}

    /** A completion that the reward model likes and the rule finds INCORRECT. */
    public record Example(
            long step, String question, String reference, String completion, double score, String reason) {}

    /** A run that came to nothing. */
    static RunRecord failed(PlannedRun run, String reason, double wallSeconds) {
        return new RunRecord(
                run.arm().name(),
                run.seed(),
                modeOf(run),
                run.sha256(),
                "FAILED",
                reason,
                "",
                wallSeconds,
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                null,
                List.of());
    }

    static String modeOf(PlannedRun run) {
        return run.arm().mode().map(mode -> mode.word()).orElse("none");
    }

    /** Whether it came to an end that can be reported; otherwise it is tried again. */
    boolean isUsable() {
        return state.equals("COMPLETED") || state.equals("PAUSED");
    }

    /** The accuracy of a set by a way to draw. */
    Optional<SetResult> result(String draw, String set) {
        return finals.getOrDefault(draw, List.of()).stream()
                .filter(result -> result.name().equals(set))
                .findFirst();
    }

    /** The mean over the sets by a way to draw, as the papers report it. */
    Optional<Double> average(String draw) {
        List<SetResult> results = finals.getOrDefault(draw, List.of());
        return results.isEmpty()
                ? Optional.empty()
                : Optional.of(results.stream()
                        .mapToDouble(SetResult::accuracy)
                        .average()
                        .orElseThrow());
    }

    /** Mean of a metric over the steps that have it, the last so many at most; NaN when none has. */
    double late(String metric, int last) {
        return mean(steps.stream().skip(Math.max(0, steps.size() - last)), metric);
    }

    /** The same over the first steps. */
    double early(String metric, int first) {
        return mean(steps.stream().limit(first), metric);
    }

    /** The same over all of them. */
    double overall(String metric) {
        return mean(steps.stream(), metric);
    }

    private static double mean(Stream<Step> some, String metric) {
        return some.mapToDouble(step -> step.metrics().getOrDefault(metric, Double.NaN))
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    /** Sum of a metric over all steps; 0 when none has it. */
    double sum(String metric) {
        return steps.stream()
                .mapToDouble(step -> step.metrics().getOrDefault(metric, 0.0))
                .sum();
    }
}
