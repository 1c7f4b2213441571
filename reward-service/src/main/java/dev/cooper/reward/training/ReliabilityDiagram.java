package dev.cooper.reward.training;

import dev.cooper.languagemodel.reward.ScoreQuality;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How often a completion of a score is right: on the dotted line, a score is a probability. Bars are the share of the
 * completions in each bin.
 */
final class ReliabilityDiagram {

    private static final String COLOR = "#1f5fa8";

    private ReliabilityDiagram() {}

    static String standalone(@Nullable ScoreQuality quality) {
        return svg(Objects.requireNonNull(quality, "the report has no figures on all examples"));
    }

    static String svg(ScoreQuality quality) {
        Drawing.Ends unit = new Drawing.Ends(0, 1);
        Drawing drawing = new Drawing(
                String.format(
                        Locale.ROOT,
                        "Reliability (%d examples, ECE %.3f)",
                        quality.examples(),
                        quality.calibrationError()),
                "score σ(logit)",
                unit,
                unit);
        double width = 1.0 / ScoreQuality.BINS;
        for (ScoreQuality.Bin bin : quality.reliability()) {
            int place = Math.min(ScoreQuality.BINS - 1, (int) (bin.meanScore() * ScoreQuality.BINS));
            drawing.bar(place * width, (place + 1) * width, bin.examples() / (double) quality.examples(), "#e4e9f0");
        }
        drawing.line(0, 0, 1, 1, "stroke=\"#999\" stroke-dasharray=\"3 3\"");
        ScoreQuality.@Nullable Bin before = null;
        for (ScoreQuality.Bin bin : quality.reliability()) {
            if (before != null) {
                drawing.line(
                        before.meanScore(), before.right(), bin.meanScore(), bin.right(), "stroke=\"" + COLOR + "\"");
            }
            before = bin;
            drawing.point(
                    bin.meanScore(),
                    bin.right(),
                    4,
                    COLOR,
                    String.format(
                            Locale.ROOT,
                            "%d examples, mean score %.3f, %.3f right",
                            bin.examples(),
                            bin.meanScore(),
                            bin.right()));
        }
        return drawing.legend(0, COLOR, "share right")
                .legend(0.3, "#8a97a8", "share of the examples")
                .svg();
    }
}
