package dev.cooper.orchestrator.run;

import dev.cooper.proto.v1.SamplingReport;
import dev.cooper.proto.v1.Verdict;
import dev.cooper.proto.v1.VerdictKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds up the verdicts of an evaluation. */
final class Scorecard {

    private Scorecard() {}

    /**
     * @param sets whose problems, one set after the other, the slots of the closed groups number
     * @param closed groups that came through; what failed on the way or has an unreadable reference is left out
     */
    static Evaluation of(
            Run run, Step step, List<HeldOutSet> sets, List<ClosedGroup.Usable<Judged>> closed, Instant now) {
        List<SetFigures> figures = new ArrayList<>();
        int from = 0;
        for (HeldOutSet set : sets) {
            int first = from;
            int end = from + set.problems().size();
            figures.add(figures(
                    set,
                    closed.stream()
                            .filter(group -> first <= group.slot() && group.slot() < end)
                            .map(ClosedGroup.Usable::content)
                            .filter(Judged::hasReference)
                            .toList()));
            from = end;
        }
        return over(run, step, figures, seconds(closed), now);
    }

    private static SetFigures figures(HeldOutSet set, List<Judged> scored) {
        double[] shares = scored.stream().mapToDouble(Scorecard::shareCorrect).toArray();
        double mean = mean(shares);
        return new SetFigures(
                set.name(),
                scored.size(),
                set.problems().size() - scored.size(),
                mean,
                standardError(shares, mean),
                mean(Arrays.stream(shares).map(share -> share > 0 ? 1 : 0).toArray()),
                mean(scored.stream().mapToDouble(Scorecard::shareWithAnswer).toArray()),
                mean(scored.stream().mapToDouble(Scorecard::meanLength).toArray()));
    }

    /** A set without a scored problem says nothing, and does not count. */
    private static Evaluation over(Run run, Step step, List<SetFigures> sets, double seconds, Instant now) {
        List<SetFigures> telling =
                sets.stream().filter(set -> set.problems() > 0).toList();
        double squares = telling.stream()
                .mapToDouble(set -> set.standardError() * set.standardError())
                .sum();
        return new Evaluation(
                run.id(),
                step.number(),
                run.policy().getNumber(),
                sets.stream().mapToInt(SetFigures::problems).sum(),
                run.spec().evaluation().orElseThrow().settings().getGroupSize(),
                mean(telling.stream().mapToDouble(SetFigures::accuracy).toArray()),
                telling.isEmpty() ? 0 : Math.sqrt(squares) / telling.size(),
                mean(telling.stream().mapToDouble(SetFigures::formatShare).toArray()),
                mean(telling.stream().mapToDouble(SetFigures::meanLength).toArray()),
                seconds,
                now,
                sets);
    }

    static Map<String, Object> asData(Evaluation evaluation) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("policy_version", evaluation.policyVersion());
        data.put("problems", evaluation.problems());
        data.put("samples", evaluation.samples());
        data.put("accuracy", evaluation.accuracy());
        data.put("standard_error", evaluation.standardError());
        evaluation.passAtK().ifPresent(share -> data.put("pass_at_k", share));
        data.put("format_share", evaluation.formatShare());
        data.put("mean_length", evaluation.meanLength());
        data.put("seconds", evaluation.seconds());
        data.put("sets", evaluation.sets().stream().map(Scorecard::asData).toList());
        return data;
    }

    private static Map<String, Object> asData(SetFigures set) {
        return Map.of(
                "name",
                set.name(),
                "problems",
                set.problems(),
                "left_out",
                set.leftOut(),
                "accuracy",
                set.accuracy(),
                "standard_error",
                set.standardError(),
                "pass_at_k",
                set.passAtK(),
                "format_share",
                set.formatShare(),
                "mean_length",
                set.meanLength());
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

    private static double seconds(List<ClosedGroup.Usable<Judged>> groups) {
        List<SamplingReport> reports = groups.stream()
                .map(group -> group.content().rollouts().getRollouts().getReport())
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
