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
 * @param inputsSha256 of the files that it names, and of how its end was judged; null of an older record
 * @param state COMPLETED; PAUSED if the run paused itself; FAILED or CANCELLED
 * @param reason of a state that is not COMPLETED
 * @param runId on its platform; empty if there was none
 * @param wallSeconds from submission to the end, whatever went on beside, without the time that nothing ran
 * @param steps those that were committed, in order
 * @param evaluations of the run itself, in order
 * @param finals by the way to draw: the figures of each set
 * @param probes how well the reward model judged the labelled completions before and after; none without either
 * @param examples completions of the last step that the reward model likes and the rule finds INCORRECT
 */
public record RunRecord(
        String arm,
        long seed,
        String mode,
        String specSha256,
        @Nullable String inputsSha256,
        String state,
        String reason,
        String runId,
        double wallSeconds,
        List<Step> steps,
        List<EvaluationView> evaluations,
        Map<String, List<SetResult>> finals,
        Map<String, Probe> probes,
        List<Example> examples) {
    /** Steps that took so many times the usual are left out of times: the platform was stopped in between. */
    private static final double LONGEST = 20;

    /** The metric of a step's whole time. */
    static final String SECONDS = "seconds_total";

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
                null,
                "FAILED",
                reason,
                "",
                wallSeconds,
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                List.of());
    }

    static String modeOf(PlannedRun run) {
        return run.arm().mode().map(mode -> mode.word()).orElse("none");
    }

    /** Whether it came to an end that can be reported; otherwise it is tried again. */
    boolean isUsable() {
        return isReported(state);
    }

    static boolean isReported(String state) {
        return state.equals("COMPLETED") || state.equals("PAUSED");
    }

    /**
     * The run without the steps in which its platform was stopped: their times are mostly of nothing. Taken for such
     * are those that took {@value #LONGEST} times the median.
     */
    RunRecord timed() {
        double[] times = steps.stream()
                .mapToDouble(step -> step.metrics().getOrDefault(SECONDS, Double.NaN))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        double longest = times.length == 0 ? Double.NaN : LONGEST * times[times.length / 2];
        return new RunRecord(
                arm,
                seed,
                mode,
                specSha256,
                inputsSha256,
                state,
                reason,
                runId,
                wallSeconds,
                steps.stream()
                        .filter(step -> step.metrics().getOrDefault(SECONDS, Double.NaN) <= longest)
                        .toList(),
                evaluations,
                finals,
                probes,
                examples);
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
