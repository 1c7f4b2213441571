package dev.cooper.cli.report;

import dev.cooper.cli.client.EvaluationView;
import dev.cooper.cli.client.RunView;
import dev.cooper.cli.client.StepView;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A run on one page: figures, curves, settings, rollouts, checksums. Needs nothing but itself. */
public final class ReportPage {
    /** Classes s1 to s5 of report.css. */
    private static final int STYLES = 5;

    private final RunResult result;

    public ReportPage(RunResult result) {
        this.result = result;
    }

    /** Writes the page, and the folders above it. */
    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, html());
    }

    String html() throws IOException {
        RunView run = result.run();
        return """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><title>%s</title>
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <style>
                %s</style></head><body>
                <header><h1>%s</h1><p>run %s · mode %s · seed %d · %d of %d steps · %s · began %s</p></header>
                <section><h2>Figures</h2>%s</section>
                <section class="charts"><h2>Curves</h2>%s</section>
                %s
                <section><h2>Rollouts</h2>%s</section>
                %s
                <section><h2>Settings</h2>%s</section>
                <section><h2>Checksums</h2>%s</section>
                </body></html>
                """.formatted(
                        Html.escape(run.name()),
                        style(),
                        Html.escape(run.name()),
                        Html.escape(run.id()),
                        Html.escape(run.mode().toLowerCase(Locale.ROOT)),
                        run.seed(),
                        result.steps().size(),
                        run.stepsTotal(),
                        Html.escape(run.state().toLowerCase(Locale.ROOT)),
                        second(run.startedAt()),
                        figures(),
                        charts(),
                        result.hacking()
                                .map(hacking -> new HackingSection(hacking, result.likedMost()).html())
                                .orElse(""),
                        rollouts(),
                        pairs(),
                        settings(),
                        checksums());
    }

    /** The style sheet of our pages. */
    public static String style() throws IOException {
        try (InputStream css = Objects.requireNonNull(
                ReportPage.class.getResourceAsStream("report.css"), "report.css is missing from the build")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String second(@Nullable Instant instant) {
        return instant == null ? "-" : instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private String figures() {
        StringBuilder table = new StringBuilder(
                "<table class=\"figures\"><thead><tr><th></th><th>before</th><th>after</th></tr></thead><tbody>\n");
        for (SummaryTable.Row row : new SummaryTable(result).rows()) {
            table.append("<tr><th>").append(Html.escape(row.label())).append("</th>");
            if (row.before().isEmpty()) {
                table.append("<td colspan=\"2\">")
                        .append(Html.escape(row.after()))
                        .append("</td></tr>\n");
            } else {
                table.append("<td>").append(Html.escape(row.before())).append("</td><td>");
                table.append(Html.escape(row.after())).append("</td></tr>\n");
            }
        }
        return table.append("</tbody></table>").toString();
    }

    private String charts() {
        List<EvaluationView> evaluations = result.evaluations();
        Chart heldOut = new Chart("Held-out accuracy (± standard error)")
                .add(new Chart.Series(
                        "held-out accuracy",
                        "s1",
                        true,
                        evaluations.stream()
                                .map(e -> new Chart.Point(e.step(), e.accuracy(), e.standardError()))
                                .toList()));
        Chart reward = new Chart("Training")
                .add(curve("reward", "s1", "reward_mean"))
                .add(curve("rule accuracy", "s2", "rule_accuracy"));
        Chart length = new Chart("Tokens a completion")
                .add(curve("mean", "s1", "completion_length_mean"))
                .add(curve("longest", "s3", "completion_length_max"));
        return String.join(
                "",
                heldOut.svg(),
                heldOutBySet(),
                reward.svg(),
                rewardModel(),
                single("KL to the initial policy", "kl"),
                single("Entropy (nats a token)", "entropy"),
                length.svg(),
                single("Gradient norm", "grad_norm"),
                single("Groups without spread (share)", "groups_without_spread_share"),
                seconds());
    }

    /** Nothing where all held-out problems are of one set. */
    private String heldOutBySet() {
        List<EvaluationView> evaluations = result.evaluations();
        List<String> names = evaluations.stream()
                .flatMap(evaluation -> evaluation.sets().stream().map(EvaluationView.SetView::name))
                .distinct()
                .toList();
        if (names.size() < 2) {
            return "";
        }
        Chart chart = new Chart("Held-out accuracy by set");
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            List<Chart.Point> points = new ArrayList<>();
            for (EvaluationView evaluation : evaluations) {
                evaluation.sets().stream()
                        .filter(set -> set.name().equals(name))
                        .forEach(set ->
                                points.add(new Chart.Point(evaluation.step(), set.accuracy(), set.standardError())));
            }
            chart.add(new Chart.Series(name, "s" + (1 + i % STYLES), true, points));
        }
        return chart.svg();
    }

    /** Nothing in mode rule; no pairs in mode static. */
    private String rewardModel() {
        if (!result.has("score_mean")) {
            return "";
        }
        Chart score = new Chart("Score of the reward model and the truth")
                .add(curve("mean score", "s1", "score_mean"))
                .add(curve("rule accuracy", "s2", "rule_accuracy"))
                .add(curve("over 0.5 though INCORRECT", "s3", "false_positive_share"));
        Chart judge = new Chart("Reward model against the rule")
                .add(curve("AUC", "s1", "reward_auc"))
                .add(curve("accuracy", "s2", "reward_accuracy"));
        String shown = score.svg() + judge.svg() + excess();
        if (!result.has("pairs")) {
            return shown;
        }
        Chart pairs = new Chart("Pairs a step")
                .add(curve("pairs", "s1", "pairs"))
                .add(curve("groups without", "s3", "pairs_none"));
        Chart order = new Chart("Pairs in the right order before the update (share)")
                .add(curve("right order", "s1", "reward_pair_accuracy"));
        return shown + pairs.svg() + order.svg();
    }

    /** Nothing in a run that is shorter than its baseline. */
    private String excess() {
        return result.has("hacking_suspected")
                ? new Chart("Excess over the first steps (last steps' mean)")
                        .add(curve("score minus truth", "s1", "hacking_gap_excess"))
                        .add(curve("over 0.5 though INCORRECT", "s3", "hacking_false_positive_excess"))
                        .add(curve("drop of the AUC", "s2", "hacking_auc_drop"))
                        .svg()
                : "";
    }

    private String seconds() {
        List<Chart.Series> parts = new ArrayList<>();
        parts.add(part("sampling", "s1", "seconds_sampling"));
        parts.add(part("training", "s2", "seconds_training"));
        if (result.has("pairs")) {
            parts.add(part("pairs", "s4", "seconds_pairing_waited"));
            parts.add(part("reward", "s5", "seconds_training_reward"));
        }
        parts.add(part("other", "s3", "seconds_overhead"));
        return Chart.stacked("Seconds a step", parts);
    }

    /** A step that did not do something spent no time on it. */
    private Chart.Series part(String name, String style, String metric) {
        return new Chart.Series(
                name,
                style,
                false,
                result.steps().stream()
                        .map(step -> new Chart.Point(step.step(), step.metrics().getOrDefault(metric, 0.0), 0))
                        .toList());
    }

    private String single(String title, String metric) {
        return new Chart(title).add(curve(title, "s1", metric)).svg();
    }

    private Chart.Series curve(String name, String style, String metric) {
        return new Chart.Series(
                name,
                style,
                false,
                result.steps().stream()
                        .map(step -> new Chart.Point(step.step(), step.metric(metric), 0))
                        .toList());
    }

    private String rollouts() {
        if (result.first().isEmpty() && result.last().isEmpty()) {
            return "<p class=\"none\">none were kept</p>";
        }
        return "<div class=\"pair\"><div><h3>first step</h3>" + samples(result.first())
                + "</div><div><h3>last step</h3>" + samples(result.last()) + "</div></div>";
    }

    static String samples(List<RolloutSample> samples) {
        StringBuilder cards = new StringBuilder();
        for (RolloutSample sample : samples) {
            cards.append("<article><p class=\"question\">")
                    .append(Html.escape(sample.question()))
                    .append("</p><pre>");
            cards.append(Html.escape(sample.completion())).append("</pre><p class=\"verdict ");
            cards.append(Html.escape(sample.verdict().toLowerCase(Locale.ROOT))).append("\">");
            cards.append(Html.escape(sample.verdict()));
            if (!sample.reason().isBlank()) {
                cards.append(" ").append(Html.escape(sample.reason()));
            }
            if (Double.isFinite(sample.score())) {
                cards.append(String.format(Locale.ROOT, " · score %.3f", sample.score()));
            }
            cards.append(" · answer ").append(sample.extracted().isBlank() ? "none" : Html.escape(sample.extracted()));
            cards.append(" · reference ")
                    .append(Html.escape(lastLine(sample.reference())))
                    .append("</p></article>\n");
        }
        return cards.toString();
    }

    /** Nothing when no reward model was trained. */
    private String pairs() {
        if (result.pairs().isEmpty()) {
            return "";
        }
        StringBuilder cards = new StringBuilder("<section><h2>Pairs of the last step</h2>");
        for (PairSample pair : result.pairs()) {
            cards.append("<article><p class=\"question\">")
                    .append(Html.escape(pair.question()))
                    .append("</p><div class=\"pair\"><pre>")
                    .append(Html.escape(pair.positive()))
                    .append("</pre><pre>")
                    .append(Html.escape(pair.negative()))
                    .append("</pre></div><p class=\"verdict\">reference ")
                    .append(Html.escape(lastLine(pair.reference())))
                    .append(" · negative by ")
                    .append(Html.escape(pair.source()))
                    .append(", answer ")
                    .append(Html.escape(pair.negativeAnswer()))
                    .append("</p></article>\n");
        }
        return cards.append("</section>").toString();
    }

    /** References of worked data sets end with the answer. */
    private static String lastLine(String reference) {
        return reference
                .substring(reference.stripTrailing().lastIndexOf('\n') + 1)
                .strip();
    }

    private String settings() {
        StringBuilder table = new StringBuilder("<table class=\"settings\"><tbody>\n");
        if (result.run().spec() != null) {
            flatten("", result.run().spec(), table);
        }
        return table.append("</tbody></table>").toString();
    }

    private static void flatten(String path, JsonNode node, StringBuilder table) {
        if (node.isObject()) {
            node.forEachEntry((key, value) -> flatten(path.isEmpty() ? key : path + "." + key, value, table));
        } else {
            String value = node.isValueNode() ? node.asString("") : node.toString();
            row(path, value, table);
        }
    }

    private static void row(String name, String value, StringBuilder table) {
        table.append("<tr><th>").append(Html.escape(name)).append("</th><td><code>");
        table.append(Html.escape(value)).append("</code></td></tr>\n");
    }

    private String checksums() {
        StringBuilder table = new StringBuilder("<table class=\"settings\"><tbody>\n");
        if (!result.steps().isEmpty()) {
            StepView first = result.steps().getFirst();
            StepView last = result.steps().getLast();
            if (first.policyBefore() != null) {
                row("policy before", first.policyBefore().checksum(), table);
            }
            if (last.policyAfter() != null) {
                row(
                        "policy after, version " + last.policyAfter().number(),
                        last.policyAfter().checksum(),
                        table);
            }
            if (last.rewardAfter() != null) {
                row(
                        "reward model after, version " + last.rewardAfter().number(),
                        last.rewardAfter().checksum(),
                        table);
            }
            row("batch of step " + last.step(), Objects.requireNonNullElse(last.batchSha256(), "-"), table);
            row("manifest of step " + last.step(), Objects.requireNonNullElse(last.manifestSha256(), "-"), table);
        }
        return table.append("</tbody></table>").toString();
    }
}
