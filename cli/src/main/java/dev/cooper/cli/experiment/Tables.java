package dev.cooper.cli.experiment;

import dev.cooper.cli.client.EvaluationView;
import dev.cooper.cli.evaluation.SetResult;
import dev.cooper.cli.experiment.RunRecord.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The tables of a report. */
final class Tables {
    /** Steps at the beginning and at the end of a run that its figures are means of. */
    static final int EDGE = 10;
    /** Evaluations at the end of a run that its accuracy is the mean of. */
    static final int LAST = 3;

    private static final String SUSPECTED = "hacking_suspected";
    /** What the names of counts of pairs and texts begin with. */
    private static final List<String> COUNTS = List.of("pairs", "pair_texts", "reward_pairs");

    private final List<Measure> measures;

    /** A figure that arms are compared by: the accuracy of a set by a way to draw, or the mean over several sets. */
    record Measure(String name, Function<RunRecord, Optional<Double>> figure) {}

    /** @param records that any is of */
    Tables(List<RunRecord> records) {
        NavigableSet<String> draws = new TreeSet<>();
        NavigableSet<String> sets = new TreeSet<>();
        for (RunRecord record : records) {
            draws.addAll(record.finals().keySet());
            record.finals().values().forEach(results -> results.forEach(result -> sets.add(result.name())));
        }
        measures = new ArrayList<>();
        for (String draw : draws) {
            for (String set : sets) {
                measures.add(new Measure(
                        set + ", " + draw, record -> record.result(draw, set).map(SetResult::accuracy)));
            }
            if (sets.size() > 1) {
                measures.add(new Measure("mean of the sets, " + draw, record -> record.average(draw)));
            }
        }
    }

    /** The paper's table: what each arm ends with. */
    Table accuracies(List<ArmResults> arms) {
        List<String> header = new ArrayList<>(List.of("", "runs"));
        measures.forEach(measure -> header.add(measure.name()));
        header.addAll(List.of("in the run: first", "best", "last " + LAST));
        Table table = new Table(header);
        for (ArmResults arm : arms) {
            List<String> row = new ArrayList<>(
                    List.of(arm.name(), Integer.toString(arm.runs().size())));
            measures.forEach(measure -> row.add(Numbers.percent(arm.spreadOf(measure.figure()))));
            row.add(Numbers.percent(arm.spread(run -> evaluations(run, EvaluationView::accuracy, 0))));
            row.add(Numbers.percent(arm.spread(run -> run.evaluations().stream()
                    .mapToDouble(EvaluationView::accuracy)
                    .max()
                    .orElse(Double.NaN))));
            row.add(Numbers.percent(arm.spread(run -> evaluations(run, EvaluationView::accuracy, LAST))));
            table.add(row);
        }
        return table;
    }

    /** Mean of the last so many evaluations; of the first one for 0. */
    private static double evaluations(RunRecord run, ToDoubleFunction<EvaluationView> figure, int last) {
        List<EvaluationView> all = run.evaluations();
        List<EvaluationView> some = last == 0
                ? all.subList(0, Math.min(1, all.size()))
                : all.subList(Math.max(0, all.size() - last), all.size());
        return some.stream().mapToDouble(figure).average().orElse(Double.NaN);
    }

    /** Each arm less each one before it, seed by seed. */
    Table differences(List<ArmResults> arms) {
        Table table = new Table(List.of(
                "difference, points", "measure", "seeds", "mean", "standard error", "95% interval", "detectable"));
        for (int later = arms.size() - 1; later > 0; later--) {
            for (int earlier = 0; earlier < later; earlier++) {
                for (Measure measure : measures) {
                    Spread spread = arms.get(later).less(arms.get(earlier), measure.figure());
                    table.add(List.of(
                            arms.get(later).name() + " − " + arms.get(earlier).name(),
                            measure.name(),
                            Integer.toString(spread.runs()),
                            Numbers.points(spread.mean()),
                            Numbers.fixed("%.1f", 100 * spread.standardError()),
                            interval(spread),
                            Numbers.fixed("%.1f", 100 * spread.detectable())));
                }
            }
        }
        return table;
    }

    private static String interval(Spread spread) {
        double half = spread.halfInterval();
        return Double.isFinite(half)
                ? Numbers.points(spread.mean() - half) + " to " + Numbers.points(spread.mean() + half)
                : "-";
    }

    /** What became of the reward models. */
    Table rewardModels(List<ArmResults> arms) {
        List<ArmResults> judged =
                arms.stream().filter(arm -> arm.has("score_mean")).toList();
        boolean probed = judged.stream()
                .anyMatch(
                        arm -> arm.runs().stream().anyMatch(run -> !run.probes().isEmpty()));
        List<String> header = new ArrayList<>(List.of(
                "",
                "score, first " + EDGE,
                "last " + EDGE,
                "gap, first",
                "last",
                "AUC, first",
                "last",
                "accuracy, first",
                "last",
                "over 0.5 though INCORRECT, last",
                "INCORRECT a step, last",
                "steps suspected",
                "suspicions"));
        if (probed) {
            header.addAll(
                    List.of("labelled: accuracy, before", "after", "AUC, before", "after", "ECE, before", "after"));
        }
        Table table = new Table(header);
        for (ArmResults arm : judged) {
            List<String> row = new ArrayList<>(List.of(arm.name()));
            row.addAll(edges(arm, "%.3f", "score_mean"));
            row.addAll(edges(arm, "%+.3f", "score_gap"));
            row.addAll(edges(arm, "%.3f", "reward_auc"));
            row.addAll(edges(arm, "%.3f", "reward_accuracy"));
            row.add(Numbers.fixed("%.3f", arm.spread(run -> run.late("false_positive_share", EDGE))));
            row.add(Numbers.fixed("%.1f", arm.spread(run -> run.late("score_incorrect", EDGE))));
            row.add(Numbers.percent(arm.spread(run -> run.overall(SUSPECTED))));
            row.add(Numbers.fixed("%.1f", arm.spread(Tables::suspicions)));
            if (probed) {
                row.addAll(probes(arm, Probe::accuracy));
                row.addAll(probes(arm, Probe::auc));
                row.addAll(probes(arm, Probe::calibrationError));
            }
            table.add(row);
        }
        return table;
    }

    private static List<String> edges(ArmResults arm, String format, String metric) {
        return List.of(
                Numbers.fixed(format, arm.spread(run -> run.early(metric, EDGE))),
                Numbers.fixed(format, arm.spread(run -> run.late(metric, EDGE))));
    }

    /** How often the detector began to suspect. */
    private static double suspicions(RunRecord run) {
        int times = 0;
        boolean before = false;
        for (RunRecord.Step step : run.steps()) {
            boolean now = step.metrics().getOrDefault(SUSPECTED, 0.0) > 0;
            times += now && !before ? 1 : 0;
            before = now;
        }
        return times;
    }

    private static List<String> probes(ArmResults arm, ToDoubleFunction<Probe> figure) {
        List<String> cells = new ArrayList<>();
        for (String when : List.of(RunRecord.INITIAL, RunRecord.FINAL)) {
            cells.add(Numbers.fixed(
                    "%.3f",
                    arm.spreadOf(
                            run -> Optional.ofNullable(run.probes().get(when)).map(figure::applyAsDouble))));
        }
        return cells;
    }

    /** What every step's metrics on pairs come to, of the arms that make any: a mean over the steps and the runs. */
    Table pairs(List<ArmResults> arms) {
        List<ArmResults> paired = arms.stream().filter(arm -> arm.has("pairs")).toList();
        List<String> header = new ArrayList<>(List.of("mean over steps"));
        paired.forEach(arm -> header.add(arm.name()));
        Table table = new Table(header);
        if (paired.isEmpty()) {
            return table;
        }
        for (String metric : pairMetrics(paired)) {
            List<String> row = new ArrayList<>(List.of(metric));
            for (ArmResults arm : paired) {
                // A step without a count of something had none of it; without a mean it had nothing to take it of.
                boolean count = COUNTS.stream().anyMatch(metric::startsWith);
                row.add(Numbers.fixed(
                        "%.3f",
                        arm.spread(run -> count ? run.sum(metric) / run.steps().size() : run.overall(metric))));
            }
            table.add(row);
        }
        return table;
    }

    private static NavigableSet<String> pairMetrics(List<ArmResults> arms) {
        NavigableSet<String> names = new TreeSet<>();
        for (ArmResults arm : arms) {
            for (RunRecord run : arm.runs()) {
                run.steps()
                        .forEach(step -> step.metrics().keySet().stream()
                                .filter(name -> name.startsWith("pair")
                                        || name.startsWith("reward_pair")
                                        || name.startsWith("reward_margin"))
                                .forEach(names::add));
            }
        }
        return names;
    }

    /** Where the time of the steps went. */
    Table costs(List<ArmResults> arms) {
        Table table = new Table(List.of(
                "",
                "seconds a step",
                "sampling",
                "policy training",
                "waiting for pairs",
                "reward training",
                "co-optimisation, both",
                "other",
                "scoring*",
                "minutes a run",
                "steps left out"));
        for (ArmResults arm : arms) {
            if (!arm.has(RunRecord.SECONDS)) {
                continue;
            }
            ArmResults timed = new ArmResults(
                    arm.arm(), arm.runs().stream().map(RunRecord::timed).toList());
            int steps = arm.runs().stream().mapToInt(run -> run.steps().size()).sum();
            int left = timed.runs().stream().mapToInt(run -> run.steps().size()).sum();
            table.add(List.of(
                    arm.name(),
                    Numbers.fixed("%.2f", timed.spread(run -> run.overall(RunRecord.SECONDS))),
                    share(timed, "sampling"),
                    share(timed, "training"),
                    share(timed, "pairing_waited"),
                    share(timed, "training_reward"),
                    Numbers.percent(
                            timed.spread(run -> shareOf(run, "pairing_waited") + shareOf(run, "training_reward"))),
                    Numbers.percent(timed.spread(Tables::rest)),
                    share(timed, "scoring"),
                    Numbers.fixed("%.1f", arm.spread(run -> run.wallSeconds() / 60)),
                    Integer.toString(steps - left)));
        }
        return table;
    }

    private static String share(ArmResults arm, String part) {
        return Numbers.percent(arm.spread(run -> shareOf(run, part)));
    }

    private static double shareOf(RunRecord run, String part) {
        return run.sum("seconds_" + part) / run.sum(RunRecord.SECONDS);
    }

    private static double rest(RunRecord run) {
        return 1
                - shareOf(run, "sampling")
                - shareOf(run, "training")
                - shareOf(run, "pairing_waited")
                - shareOf(run, "training_reward");
    }

    /** Each ablation, and the arm that it varies, from the same seeds. */
    Table ablations(List<ArmResults> ablations, List<ArmResults> arms) {
        List<String> header = new ArrayList<>(List.of("", "seeds", "beside"));
        for (Measure measure : measures) {
            header.addAll(List.of(measure.name(), "difference"));
        }
        header.addAll(
                List.of("in the run, last " + LAST, "AUC, last " + EDGE, "gap", "pairs a step", "seconds a step"));
        Table table = new Table(header);
        for (ArmResults ablation : ablations) {
            Optional<ArmResults> beside = arms.stream()
                    .filter(arm -> arm.arm().mode().equals(ablation.arm().mode()))
                    .findFirst();
            List<String> row = new ArrayList<>(List.of(
                    ablation.name(),
                    Integer.toString(ablation.runs().size()),
                    beside.map(ArmResults::name).orElse("-")));
            for (Measure measure : measures) {
                row.add(Numbers.percent(ablation.spreadOf(measure.figure())));
                row.add(beside.map(arm -> Numbers.points(
                                ablation.less(arm, measure.figure()).mean()))
                        .orElse("-"));
            }
            row.add(Numbers.percent(ablation.spread(run -> evaluations(run, EvaluationView::accuracy, LAST))));
            row.add(Numbers.fixed("%.3f", ablation.spread(run -> run.late("reward_auc", EDGE))));
            row.add(Numbers.fixed("%+.3f", ablation.spread(run -> run.late("score_gap", EDGE))));
            row.add(Numbers.fixed("%.1f", ablation.spread(run -> run.overall("pairs"))));
            row.add(Numbers.fixed("%.2f", ablation.spread(run -> run.timed().overall(RunRecord.SECONDS))));
            table.add(row);
        }
        return table;
    }

    /**
     * The difference that two runs, of one seed each, must have to be told from chance: t(0.975; n−1) · √2 · s, with s
     * over the n seeds of an arm.
     */
    List<String> chance(List<ArmResults> arms) {
        List<String> remarks = new ArrayList<>();
        for (ArmResults arm : arms) {
            for (Measure measure : measures) {
                Spread spread = arm.spreadOf(measure.figure());
                if (arm.arm().mode().isPresent() && Double.isFinite(spread.deviation())) {
                    remarks.add("%s, %s: %s points"
                            .formatted(arm.name(), measure.name(), Numbers.fixed("%.1f", 100 * spread.chanceOfTwo())));
                }
            }
        }
        return remarks;
    }

    /** Every figure of every final evaluation, for a program. */
    static Table rawFinals(List<RunRecord> records) {
        Table table = new Table(List.of(
                "arm",
                "seed",
                "mode",
                "state",
                "draw",
                "set",
                "problems",
                "samples",
                "accuracy",
                "standard_error",
                "pass_at_k",
                "answered",
                "finished",
                "mean_tokens"));
        for (RunRecord run : records) {
            for (String draw : new TreeSet<>(run.finals().keySet())) {
                for (SetResult result : Objects.requireNonNull(run.finals().get(draw))) {
                    table.add(List.of(
                            run.arm(),
                            Long.toString(run.seed()),
                            run.mode(),
                            run.state(),
                            draw,
                            result.name(),
                            Integer.toString(result.problems()),
                            Integer.toString(result.samples()),
                            Numbers.raw(result.accuracy()),
                            Numbers.raw(result.standardError()),
                            Numbers.raw(result.passAtK()),
                            Numbers.raw(result.answered()),
                            Numbers.raw(result.finished()),
                            Numbers.raw(result.meanTokens())));
                }
            }
        }
        return table;
    }

    /** Every metric of every step, for a program. */
    static Table rawSteps(List<RunRecord> records) {
        NavigableSet<String> names = new TreeSet<>();
        records.forEach(
                run -> run.steps().forEach(step -> names.addAll(step.metrics().keySet())));
        List<String> header = new ArrayList<>(List.of("arm", "seed", "step"));
        header.addAll(names);
        Table table = new Table(header);
        for (RunRecord run : records) {
            run.steps().forEach(step -> {
                List<String> row =
                        new ArrayList<>(List.of(run.arm(), Long.toString(run.seed()), Long.toString(step.step())));
                names.forEach(name -> row.add(Numbers.raw(step.metrics().getOrDefault(name, Double.NaN))));
                table.add(row);
            });
        }
        return table;
    }

    /** Every evaluation within a run, for a program. */
    static Table rawEvaluations(List<RunRecord> records) {
        Table table = new Table(List.of(
                "arm",
                "seed",
                "step",
                "problems",
                "samples",
                "accuracy",
                "standard_error",
                "format_share",
                "mean_length"));
        for (RunRecord run : records) {
            for (EvaluationView evaluation : run.evaluations()) {
                table.add(List.of(
                        run.arm(),
                        Long.toString(run.seed()),
                        Long.toString(evaluation.step()),
                        Integer.toString(evaluation.problems()),
                        Integer.toString(evaluation.samples()),
                        Numbers.raw(evaluation.accuracy()),
                        Numbers.raw(evaluation.standardError()),
                        Numbers.raw(evaluation.formatShare()),
                        Numbers.raw(evaluation.meanLength())));
            }
        }
        return table;
    }
}
