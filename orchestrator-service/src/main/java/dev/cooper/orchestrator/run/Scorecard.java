package dev.cooper.orchestrator.run;

import dev.cooper.proto.v1.SamplingReport;
import dev.cooper.proto.v1.Verdict;
import dev.cooper.proto.v1.VerdictKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Adds up the verdicts of an evaluation. */
final class Scorecard {

    private Scorecard() {}

    /** Problems that failed on the way or have an unreadable reference are left out of the mean. */
    static Evaluation of(Run run, Step step, List<Judged> closed, Instant now) {
        List<Judged> groups = closed.stream().filter(Scorecard::hasReference).toList();
        double[] shares = groups.stream().mapToDouble(Scorecard::shareCorrect).toArray();
        double mean = mean(shares);
        return new Evaluation(
                run.id(),
                step.number(),
                run.policy().getNumber(),
                groups.size(),
                run.spec().evaluation().orElseThrow().settings().getGroupSize(),
                mean,
                standardError(shares, mean),
                mean(groups.stream().mapToDouble(Scorecard::shareWithAnswer).toArray()),
                mean(groups.stream().mapToDouble(Scorecard::meanLength).toArray()),
                seconds(groups),
                now);
    }

    static Map<String, Object> asData(Evaluation evaluation) {
        return Map.of(
                "policy_version",
                evaluation.policyVersion(),
                "problems",
                evaluation.problems(),
                "samples",
                evaluation.samples(),
                "accuracy",
                evaluation.accuracy(),
                "standard_error",
                evaluation.standardError(),
                "format_share",
                evaluation.formatShare(),
                "mean_length",
                evaluation.meanLength(),
                "seconds",
                evaluation.seconds());
    }

    private static boolean hasReference(Judged group) {
        return group.verdicts().getVerdictsList().stream()
                .noneMatch(verdict -> verdict.getKind() == VerdictKind.UNSCORABLE);
    }

    private static double shareCorrect(Judged group) {
        return share(group, VerdictKind.CORRECT);
    }

    private static double share(Judged group, VerdictKind kind) {
        List<Verdict> verdicts = group.verdicts().getVerdictsList();
        return (double) verdicts.stream().filter(v -> v.getKind() == kind).count() / verdicts.size();
    }

    private static double shareWithAnswer(Judged group) {
        List<Verdict> verdicts = group.verdicts().getVerdictsList();
        long with = verdicts.stream()
                .filter(verdict -> !verdict.getExtractedAnswer().isEmpty())
                .count();
        return (double) with / verdicts.size();
    }

    private static double meanLength(Judged group) {
        return group.rollouts().getRollouts().getCompletionsList().stream()
                .mapToInt(completion -> completion.getTokenIdsCount())
                .average()
                .orElse(0);
    }

    private static double seconds(List<Judged> groups) {
        List<SamplingReport> reports = groups.stream()
                .map(group -> group.rollouts().getRollouts().getReport())
                .toList();
        long started =
                reports.stream().mapToLong(SamplingReport::getStartedAtMs).min().orElse(0);
        long finished = reports.stream()
                .mapToLong(SamplingReport::getFinishedAtMs)
                .max()
                .orElse(0);
        return (finished - started) / 1000.0;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return values.length == 0 ? 0 : sum / values.length;
    }

    /** Of the mean over problems; 0 for fewer than two. */
    private static double standardError(double[] values, double mean) {
        if (values.length < 2) {
            return 0;
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / (values.length - 1) / values.length);
    }
}
