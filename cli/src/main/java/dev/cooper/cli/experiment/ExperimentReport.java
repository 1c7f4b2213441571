package dev.cooper.cli.experiment;

import dev.cooper.cli.experiment.Experiment.Arm;
import dev.cooper.cli.experiment.RunRecord.Example;
import dev.cooper.cli.report.Html;
import dev.cooper.cli.report.ReportPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Compares the arms of an experiment by what is kept of their runs: a page, tables for programs, pictures. */
public final class ExperimentReport {
    private static final int EXAMPLES = 4;

    private final Experiment experiment;
    private final ExperimentFolder folder;
    private final List<RunRecord> records;
    private final List<RunRecord> failed;
    private final Tables tables;
    private final List<ArmResults> arms;
    private final List<ArmResults> ablations;

    /** @throws IOException if a record cannot be read */
    public ExperimentReport(Experiment experiment, ExperimentFolder folder) throws IOException {
        this.experiment = experiment;
        this.folder = folder;
        List<RunRecord> all = folder.records(experiment.plan());
        this.records = all.stream().filter(RunRecord::isUsable).toList();
        this.failed = all.stream().filter(record -> !record.isUsable()).toList();
        this.tables = new Tables(records);
        this.arms = results(experiment.compared());
        this.ablations = results(experiment.ablations());
    }

    private List<ArmResults> results(List<Arm> some) {
        return some.stream()
                .map(arm -> new ArmResults(
                        arm,
                        records.stream()
                                .filter(record -> record.arm().equals(arm.name()))
                                .sorted(Comparator.comparingLong(RunRecord::seed))
                                .toList()))
                .filter(results -> !results.runs().isEmpty())
                .toList();
    }

    /** Writes all files, and tells where the page is. */
    public Path write() throws IOException {
        Path out = folder.report();
        Files.createDirectories(out);
        csv(out.resolve("table.csv"), tables.accuracies(everyArm()));
        csv(out.resolve("differences.csv"), tables.differences(arms));
        csv(out.resolve("reward-models.csv"), tables.rewardModels(everyArm()));
        csv(out.resolve("pairs.csv"), tables.pairs(everyArm()));
        csv(out.resolve("costs.csv"), tables.costs(everyArm()));
        csv(out.resolve("ablations.csv"), tables.ablations(ablations, arms));
        csv(out.resolve("finals.csv"), Tables.rawFinals(records));
        csv(out.resolve("steps.csv"), Tables.rawSteps(records));
        csv(out.resolve("evaluations.csv"), Tables.rawEvaluations(records));
        for (Figure figure : figures()) {
            new FigureDrawing(figure).png(out.resolve(figure.id() + ".png"));
        }
        Path page = out.resolve("index.html");
        Files.writeString(page, html());
        return page;
    }

    private List<ArmResults> everyArm() {
        List<ArmResults> every = new ArrayList<>(arms);
        every.addAll(ablations);
        return every;
    }

    private static void csv(Path file, Table table) throws IOException {
        Files.writeString(file, table.csv());
    }

    private List<Figure> figures() {
        List<Figure> figures = new ArrayList<>(curves(arms).all(""));
        figures.addAll(ablationFigures());
        return figures;
    }

    private Curves curves(List<ArmResults> some) {
        return new Curves(some, experiment.finals().probe());
    }

    private List<Figure> ablationFigures() {
        Figure figure = curves(ablations).heldOutAlone("ablations-heldout-accuracy", "Held-out accuracy, ablations");
        return figure.isEmpty() ? List.of() : List.of(figure);
    }

    String html() throws IOException {
        StringBuilder page = new StringBuilder(
                """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><title>%1$s</title>
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <style>
                %2$s
                .figures td, .figures th { padding-right: 16px; white-space: nowrap; }
                .scroll { overflow-x: auto; }
                svg polyline { stroke-width: 1.8; }
                </style></head><body>
                <header><h1>%1$s</h1><p>%3$s</p></header>
                """.formatted(Html.escape(experiment.name()), ReportPage.style(), Html.escape(summary())));
        failures(page);
        section(page, "Accuracy of the models that runs end with", tables.accuracies(arms), ACCURACIES);
        section(page, "Differences between arms", tables.differences(arms), DIFFERENCES);
        page.append("<section class=\"charts\"><h2>Curves</h2>\n");
        curves(arms).all("").forEach(figure -> page.append(new FigureDrawing(figure).svg()));
        page.append("</section>\n<p>").append(Html.escape(CURVES)).append("</p>\n");
        section(page, "Reward models", tables.rewardModels(everyArm()), REWARD_MODELS);
        section(page, "Pairs", tables.pairs(everyArm()), PAIRS);
        section(page, "Cost by stage", tables.costs(everyArm()), COSTS);
        section(page, "Ablations", tables.ablations(ablations, arms), ablationRemark());
        page.append("<section class=\"charts\">");
        ablationFigures().forEach(figure -> page.append(new FigureDrawing(figure).svg()));
        page.append("</section>\n");
        examples(page);
        settings(page);
        return page.append("</body></html>\n").toString();
    }

    private static final String ACCURACIES =
            "Mean over the seeds ± its standard error, s/√n. Each seed trains, and samples the evaluation, by its own"
                    + " chance. That does not hold the choice of the problems, nor that of the one base and the one"
                    + " reward model, which all runs share; the standard error over the problems is in finals.csv. \"In"
                    + " the run\" are the evaluations while it trained, of which the best is picked by looking, so that"
                    + " it flatters.";
    private static final String DIFFERENCES =
            "Seed by seed, d = accuracy of the one − accuracy of the other; mean, s/√n, and mean ± t(0.975; n−1) · s/√n:"
                    + " whether it is told from 0 is what this interval says. So many intervals are not corrected for"
                    + " their number, and the ways to draw judge the same weights. Detectable, (t(0.975; n−1) + t(0.8;"
                    + " n−1)) · s/√n, is for planning: about the true difference that so many seeds with this spread"
                    + " would find at the level of 5% in 80% of cases (77% for three).";
    private static final String CURVES =
            "Mean over the seeds that have the step; the band goes from the lowest to the highest. Metrics of steps are"
                    + " means over " + Curves.WINDOW + " steps.";
    private static final String REWARD_MODELS =
            "Against the rule's verdicts on the run's own samples, mean of the first and of the last " + Tables.EDGE
                    + " steps; and on the labelled completions, before and after the run. A reward model that is trained"
                    + " along learns which of two is better and not where 0.5 lies, so that its score, gap, accuracy,"
                    + " share over 0.5 and calibration error move with a level that no advantage depends on: AUC is what"
                    + " compares it with one that stands still. AUC falls, too, without any change of the reward model,"
                    + " as the INCORRECT samples become fewer and harder. Suspected by the hacking detector: share of the"
                    + " steps, and how often it began.";
    private static final String PAIRS =
            "By their names in docs/metrics.md; counts are per step, whether it had any or not, others per step that has"
                    + " them.";
    private static final String COSTS =
            "Shares of the steps' wall time. Scoring* is the time in which scores were computed, beside what else went"
                    + " on, and overlaps with the others. Left out are steps in which the platform was stopped and started"
                    + " again.";

    private String ablationRemark() {
        List<String> chance = tables.chance(arms);
        return "Differences in points from the arm beside, same seeds."
                + (chance.isEmpty()
                        ? ""
                        : " By chance alone two single runs differ by as much as t(0.975; n−1) · √2 · s in 95% of cases, s"
                                + " over the n seeds of the arm: " + String.join("; ", chance) + ". Of "
                                + ablations.size() + " ablations some may be beyond it by chance.");
    }

    private String summary() {
        double minutes = records.stream().mapToDouble(RunRecord::wallSeconds).sum() / 60;
        return "%d of %d runs, %s minutes of runs, %d at a time"
                .formatted(
                        records.size(),
                        experiment.plan().size(),
                        Numbers.fixed("%.0f", minutes),
                        experiment.parallel());
    }

    private void failures(StringBuilder page) {
        List<String> lines = new ArrayList<>();
        failed.forEach(run -> lines.add(run.arm() + ", seed " + run.seed() + ": failed: " + run.reason()));
        records.stream()
                .filter(run -> !run.state().equals("COMPLETED"))
                .forEach(run -> lines.add(run.arm() + ", seed " + run.seed() + ": " + run.state() + " after "
                        + run.steps().size() + " steps: " + run.reason()));
        if (!lines.isEmpty()) {
            page.append("<section><h2>Not as planned</h2><ul>");
            lines.forEach(line -> page.append("<li>").append(Html.escape(line)).append("</li>"));
            page.append("</ul></section>\n");
        }
    }

    private static void section(StringBuilder page, String title, Table table, String remark) {
        if (!table.isEmpty()) {
            page.append("<section><h2>")
                    .append(Html.escape(title))
                    .append("</h2><div class=\"scroll\">")
                    .append(table.html())
                    .append("</div><p>")
                    .append(Html.escape(remark))
                    .append("</p></section>\n");
        }
    }

    /** What the reward models were taken in by. */
    private void examples(StringBuilder page) {
        StringBuilder cards = new StringBuilder();
        for (ArmResults arm : everyArm()) {
            List<Example> liked = arm.runs().stream()
                    .flatMap(run -> run.examples().stream())
                    .sorted(Comparator.comparingDouble(Example::score).reversed())
                    .limit(EXAMPLES)
                    .toList();
            if (!liked.isEmpty()) {
                cards.append("<h3>").append(Html.escape(arm.name())).append("</h3>");
            }
            for (Example example : liked) {
                cards.append("<article><p class=\"question\">")
                        .append(Html.escape(example.question()))
                        .append("</p><pre>")
                        .append(Html.escape(example.completion()))
                        .append("</pre><p class=\"verdict incorrect\">")
                        .append(Html.escape("INCORRECT " + example.reason() + " · score "
                                + Numbers.fixed("%.3f", example.score()) + " · reference " + example.reference()
                                + " · step " + example.step()))
                        .append("</p></article>\n");
            }
        }
        if (!cards.isEmpty()) {
            page.append("<section><h2>What reward models like and the rule rejects, last step</h2>")
                    .append(cards)
                    .append("</section>\n");
        }
    }

    /** What all arms have in common, and then what each has besides or in another way. */
    private void settings(StringBuilder page) {
        Map<String, Map<String, String>> byArm = new LinkedHashMap<>();
        NavigableSet<String> fields = new TreeSet<>();
        for (Arm arm : experiment.arms()) {
            Map<String, String> flat = new LinkedHashMap<>();
            flatten(
                    "",
                    ExperimentFolder.MAPPER.readTree(
                            new PlannedRun("", arm, arm.seeds().getFirst())
                                    .spec()
                                    .text()),
                    flat);
            flat.remove("name");
            flat.put("seed", arm.seeds().toString());
            flat.put("mode", arm.mode().map(mode -> mode.word()).orElse("none"));
            byArm.put(arm.name(), flat);
            fields.addAll(flat.keySet());
        }
        Table common = new Table(List.of("all arms", ""));
        Table differing = new Table(List.of("arm", "field", "value"));
        for (String field : fields) {
            Optional<String> usual = usual(field, byArm);
            usual.ifPresent(value -> common.add(List.of(field, value)));
            byArm.forEach((arm, flat) -> {
                String value = flat.getOrDefault(field, "-");
                if (!value.equals(usual.orElse("-")) && !(value.equals("-") && usual.isEmpty())) {
                    differing.add(List.of(arm, field, value));
                }
            });
        }
        page.append("<section><h2>Settings</h2><div class=\"scroll\">")
                .append(common.html().replace("class=\"figures\"", "class=\"settings\""))
                .append("</div><h3>Where arms differ</h3><div class=\"scroll\">")
                .append(differing.html().replace("class=\"figures\"", "class=\"settings\""))
                .append("</div></section>\n");
    }

    /** The value that more than half of the arms that have the field give it. */
    private static Optional<String> usual(String field, Map<String, Map<String, String>> byArm) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        byArm.values().forEach(flat -> {
            String value = flat.get(field);
            if (value != null) {
                counts.merge(value, 1, Integer::sum);
            }
        });
        int having = counts.values().stream().mapToInt(count -> count).sum();
        return counts.entrySet().stream()
                .filter(entry -> 2 * entry.getValue() > having)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static void flatten(String path, JsonNode node, Map<String, String> flat) {
        if (node.isObject() && !node.isEmpty()) {
            node.forEachEntry((key, value) -> flatten(path.isEmpty() ? key : path + "." + key, value, flat));
        } else {
            flat.put(path, node.isValueNode() ? node.asString("") : node.toString());
        }
    }
}
