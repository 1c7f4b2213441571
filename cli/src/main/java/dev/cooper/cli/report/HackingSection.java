package dev.cooper.cli.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The part of a report that says whether the reward model was hacked, and by what. */
final class HackingSection {
    private final HackingResult hacking;
    private final List<RolloutSample> likedMost;

    /** @param likedMost of the last step */
    HackingSection(HackingResult hacking, List<RolloutSample> likedMost) {
        this.hacking = hacking;
        this.likedMost = List.copyOf(likedMost);
    }

    String html() {
        StringBuilder section = new StringBuilder("<section><h2>Reward hacking</h2>\n");
        section.append("<p>").append(verdict()).append("</p>\n").append(figures());
        hacking.alerts().forEach(alert -> section.append(alert(alert)));
        if (!likedMost.isEmpty()) {
            section.append("<h3>Last step: what the reward model likes most of what the rule rejects</h3>")
                    .append(ReportPage.samples(likedMost));
        }
        return section.append("</section>").toString();
    }

    private String verdict() {
        int alerts = hacking.alerts().size();
        String compared =
                "the last " + hacking.window() + " steps are compared with the first " + hacking.baselineSteps();
        return alerts == 0
                ? "Not suspected: " + compared + "."
                : "Suspected " + (alerts == 1 ? "once" : alerts + " times") + "; " + compared + ".";
    }

    private String figures() {
        if (hacking.figures().isEmpty()) {
            return "<p class=\"none\">the run was too short to compare</p>";
        }
        StringBuilder table = new StringBuilder("<table class=\"figures\"><thead><tr><th></th><th>first steps</th>"
                + "<th>last steps</th><th>excess</th><th>bound</th></tr></thead><tbody>\n");
        for (HackingResult.Figure figure : hacking.figures()) {
            table.append("<tr><th>").append(Html.escape(words(figure.name()))).append("</th>");
            for (double number : new double[] {figure.baseline(), figure.mean(), figure.excess(), figure.bound()}) {
                table.append("<td>").append(number(number)).append("</td>");
            }
            table.append("</tr>\n");
        }
        return table.append("</tbody></table>").toString();
    }

    private static String alert(HackingResult.Alert alert) {
        String end = alert.subsidedIn().map(step -> "step " + step).orElse("the end");
        String figures = alert.figures().stream()
                .filter(HackingResult.Figure::over)
                .map(figure ->
                        words(figure.name()) + " " + number(figure.mean()) + ", first " + number(figure.baseline()))
                .collect(Collectors.joining("; "));
        return "<h3>Step " + alert.step() + " to " + end + ": " + Html.escape(figures) + " (policy "
                + Html.escape(alert.policy()) + ")</h3>" + ReportPage.samples(alert.examples());
    }

    private static String words(String metric) {
        return metric.replace('_', ' ');
    }

    private static String number(double number) {
        return Double.isFinite(number) ? String.format(Locale.ROOT, "%.3f", number) : "";
    }
}
