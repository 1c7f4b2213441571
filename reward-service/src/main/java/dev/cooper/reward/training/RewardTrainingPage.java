package dev.cooper.reward.training;

import dev.cooper.languagemodel.reward.ScoreQuality;
import dev.cooper.reward.training.RewardTrainingReport.DataFigures;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** A training's report on one page that needs nothing but itself. */
final class RewardTrainingPage {

    private static final String FIRST = "#1f5fa8";
    private static final String SECOND = "#c0562b";

    private final RewardTrainingReport report;

    RewardTrainingPage(RewardTrainingReport report) {
        this.report = report;
    }

    /** On the test files, where there are any: the validation set has chosen the weights. */
    static Map<String, ScoreQuality> judged(RewardTrainingReport report) {
        return report.test().isEmpty() ? report.validation() : report.test();
    }

    String html() {
        DataFigures data = report.data();
        return """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><title>Reward model</title>
                <style>body{font-family:sans-serif;max-width:60rem;margin:2rem auto;color:#222}
                pre{background:#f4f5f7;padding:1rem;overflow-x:auto}svg{margin-right:1rem}</style></head><body>
                <h1>Reward model from %s</h1>
                <p>%d examples to learn from (%.1f %% right), %d to validate, %d to test. Left out: %d too long, %d whose
                question is held out. %d texts came with both labels.</p>
                <p>%d steps%s; the weights are those after step %d, which had the best AUC on the validation set.</p>
                <pre>%s</pre>
                %s%s%s
                <h2>Settings</h2><pre>%s</pre>
                <p>Weights %s, %d parameters, computed by %s.</p>
                </body></html>
                """.formatted(
                        Drawing.escape(report.origin().model()),
                        data.train(),
                        100.0 * data.trainRight() / data.train(),
                        data.validation(),
                        data.test(),
                        data.tooLong(),
                        data.heldOutQuestion(),
                        data.contradictory(),
                        report.steps(),
                        report.stoppedEarly() ? ", ended early" : "",
                        report.bestStep(),
                        Drawing.escape(report.table()),
                        quality(),
                        losses(),
                        reliability(),
                        Drawing.escape(settings()),
                        report.checksum(),
                        report.parameters(),
                        Drawing.escape(report.engine()));
    }

    private String quality() {
        double least = report.trials().stream()
                .mapToDouble(trial -> Math.min(trial.auc(), trial.accuracy()))
                .min()
                .orElse(0);
        Drawing drawing = new Drawing("Validation set", "step", steps(), new Drawing.Ends(least, 1));
        curve(drawing, report.trials(), Trial::auc, FIRST);
        curve(drawing, report.trials(), Trial::accuracy, SECOND);
        return drawing.legend(0, FIRST, "AUC").legend(0.2, SECOND, "accuracy").svg();
    }

    private String losses() {
        List<Trial> trained = report.trials().stream()
                .filter(trial -> trial.trainingLoss().isPresent())
                .toList();
        double greatest = report.trials().stream()
                .mapToDouble(
                        trial -> Math.max(trial.loss(), trial.trainingLoss().orElse(0)))
                .max()
                .orElse(1);
        Drawing drawing = new Drawing("Binary cross-entropy (nats)", "step", steps(), new Drawing.Ends(0, greatest));
        curve(drawing, report.trials(), Trial::loss, FIRST);
        curve(drawing, trained, trial -> trial.trainingLoss().orElse(0), SECOND);
        return drawing.legend(0, FIRST, "validation")
                .legend(0.3, SECOND, "training")
                .svg();
    }

    private String reliability() {
        ScoreQuality quality = judged(report).get("");
        return quality == null ? "" : ReliabilityDiagram.svg(quality);
    }

    private Drawing.Ends steps() {
        return new Drawing.Ends(0, Math.max(1, report.steps()));
    }

    private static void curve(Drawing drawing, List<Trial> trials, ToDoubleFunction<Trial> figure, String color) {
        for (int i = 0; i < trials.size(); i++) {
            Trial trial = trials.get(i);
            double value = figure.applyAsDouble(trial);
            if (i > 0) {
                Trial before = trials.get(i - 1);
                drawing.line(
                        before.step(), figure.applyAsDouble(before), trial.step(), value, "stroke=\"" + color + "\"");
            }
            drawing.point(
                    trial.step(), value, 2.5, color, String.format(Locale.ROOT, "step %d: %.4f", trial.step(), value));
        }
    }

    private String settings() {
        Origin origin = report.origin();
        return "start: %s %s (weights %s)%nseed: %d%n%s%n%s%ntrain: %s%nvalidation: %s%ntest: %s%ntemplate: %s%ncut: %s%n"
                .formatted(
                        origin.start(),
                        origin.model(),
                        origin.checksum(),
                        origin.seed(),
                        origin.training(),
                        origin.evaluation(),
                        origin.train(),
                        origin.validation().isEmpty()
                                ? origin.validationShare() + " of the questions"
                                : origin.validation(),
                        origin.test(),
                        origin.template(),
                        origin.cut());
    }
}
