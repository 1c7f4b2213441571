package dev.cooper.cli.follow;

import dev.cooper.cli.client.RunEventView;
import java.io.PrintStream;

/** One line a step, for logs and pipes. */
final class PlainDisplay implements Display {
    private final PrintStream out;

    PlainDisplay(PrintStream out) {
        this.out = out;
    }

    @Override
    public void show(RunProgress progress, RunEventView event) {
        Lines.noteworthy(event).ifPresent(this::note);
        if (event.type().equals("StepCommitted")) {
            note(stepLine(progress, event.step()));
        }
    }

    private static String stepLine(RunProgress progress, long step) {
        return "step " + step + "/" + progress.stepsTotal()
                + "  reward " + Lines.number("%.3f", progress.metric("reward_mean"))
                + "  rule " + Lines.percent(progress.metric("rule_accuracy"))
                + rewardModel(progress)
                + "  kl " + Lines.number("%.4f", progress.metric("kl"))
                + "  length " + Lines.number("%.1f", progress.metric("completion_length_mean"))
                + "  tokens/s sampling " + Lines.number("%.0f", progress.sampledTokensPerSecond())
                + ", training " + Lines.number("%.0f", progress.trainedTokensPerSecond())
                + progress.timeLeft()
                        .map(left -> "  left " + Lines.duration(left))
                        .orElse("");
    }

    /** Nothing in mode rule. */
    private static String rewardModel(RunProgress progress) {
        if (!progress.hasScores()) {
            return "";
        }
        return "  gap " + Lines.number("%+.3f", progress.metric("score_gap"))
                + "  auc " + Lines.number("%.3f", progress.metric("reward_auc"))
                + (progress.hasPairs() ? "  pairs " + Lines.number("%.0f", progress.metric("pairs")) : "");
    }

    @Override
    public void note(String text) {
        out.println(text);
        out.flush();
    }

    @Override
    public void close() {
        out.flush();
    }
}
