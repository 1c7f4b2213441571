package dev.cooper.cli.evaluation;

import dev.cooper.cli.evaluation.JudgedProblem.JudgedSample;
import java.util.List;

/**
 * The figures of a benchmark. Problems whose reference is unscorable are left out of all but their own number.
 *
 * @param problems scored
 * @param unscorable left out
 * @param samples of each problem, k
 * @param accuracy mean@k: mean over problems of the share of correct samples
 * @param standardError of that mean over problems; 0 for fewer than two
 * @param passAtK share of problems with a correct sample among the k
 * @param answered share of samples with an answer that could be read
 * @param finished share of samples that the model ended
 * @param meanTokens of a sample
 */
public record SetResult(
        String name,
        int problems,
        int unscorable,
        int samples,
        double accuracy,
        double standardError,
        double passAtK,
        double answered,
        double finished,
        double meanTokens) {

    static SetResult of(String name, List<JudgedProblem> judged, int samples) {
        List<JudgedProblem> scored =
                judged.stream().filter(JudgedProblem::isScorable).toList();
        List<JudgedSample> all =
                scored.stream().flatMap(problem -> problem.samples().stream()).toList();
        double accuracy =
                mean(scored.stream().mapToDouble(JudgedProblem::accuracy).toArray());
        return new SetResult(
                name,
                scored.size(),
                judged.size() - scored.size(),
                samples,
                accuracy,
                standardError(scored, accuracy),
                mean(scored.stream()
                        .mapToDouble(problem -> problem.correct() > 0 ? 1 : 0)
                        .toArray()),
                mean(all.stream()
                        .mapToDouble(sample -> sample.extracted().isEmpty() ? 0 : 1)
                        .toArray()),
                mean(all.stream()
                        .mapToDouble(sample -> sample.finished() ? 1 : 0)
                        .toArray()),
                mean(all.stream().mapToDouble(JudgedSample::tokens).toArray()));
    }

    private static double standardError(List<JudgedProblem> scored, double mean) {
        if (scored.size() < 2) {
            return 0;
        }
        double squares = scored.stream()
                .mapToDouble(problem -> Math.pow(problem.accuracy() - mean, 2))
                .sum();
        return Math.sqrt(squares / (scored.size() - 1) / scored.size());
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return values.length == 0 ? 0 : sum / values.length;
    }
}
