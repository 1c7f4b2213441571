package dev.cooper.cli.follow;

import dev.cooper.cli.client.RunEventView;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A block that is redrawn in place, below the lines that stay. Needs a terminal that knows ANSI sequences. */
final class TerminalDisplay implements Display {
    private static final Duration REDRAW = Duration.ofMillis(100);
    private static final int BAR = 36;
    private static final String ERASE_BELOW = "\u001b[J";
    private static final String DIM = "\u001b[2m";
    private static final String BOLD = "\u001b[1m";
    private static final String NORMAL = "\u001b[0m";

    private final PrintStream out;
    private final Clock clock;
    private List<String> drawn = List.of();
    private List<String> newest = List.of();
    private Instant drawnAt = Instant.MIN;

    TerminalDisplay(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public void show(RunProgress progress, RunEventView event) {
        newest = block(progress);
        Optional<String> note = Lines.noteworthy(event);
        if (note.isPresent()) {
            note(note.get());
        } else if (clock.instant().isAfter(drawnAt.plus(REDRAW))) {
            redraw(newest);
        }
    }

    @Override
    public void note(String text) {
        out.print(backToTop() + text + "\n");
        drawn = List.of();
        redraw(newest);
    }

    private void redraw(List<String> block) {
        out.print(backToTop() + String.join("\n", block) + (block.isEmpty() ? "" : "\n"));
        out.flush();
        drawn = block;
        drawnAt = clock.instant();
    }

    private String backToTop() {
        return drawn.isEmpty() ? ERASE_BELOW : "\u001b[" + drawn.size() + "F" + ERASE_BELOW;
    }

    private static List<String> block(RunProgress progress) {
        List<String> lines = new ArrayList<>(List.of(
                "",
                BOLD + progress.name() + NORMAL + DIM + "  " + progress.runId() + NORMAL,
                bar(progress) + "  step " + progress.step() + "/" + progress.stepsTotal() + "  " + phase(progress),
                figure("reward", Lines.number("%.3f", progress.metric("reward_mean")))
                        + figure("rule accuracy", Lines.percent(progress.metric("rule_accuracy")))
                        + figure("KL", Lines.number("%.4f", progress.metric("kl"))),
                figure("length", Lines.number("%.1f", progress.metric("completion_length_mean")))
                        + figure("entropy", Lines.number("%.3f", progress.metric("entropy")))
                        + figure("gradient", Lines.number("%.3f", progress.metric("grad_norm"))),
                figure("tokens/s", Lines.number("%.0f", progress.sampledTokensPerSecond()) + " sampling")
                        + figure("", Lines.number("%.0f", progress.trainedTokensPerSecond()) + " training")
                        + figure(
                                "left", progress.timeLeft().map(Lines::duration).orElse("-"))));
        if (progress.hasScores()) {
            lines.add(rewardModel(progress));
        }
        lines.add(figure("held-out", accuracies(progress)));
        return lines;
    }

    private static String rewardModel(RunProgress progress) {
        return figure("score − rule", Lines.number("%+.3f", progress.metric("score_gap")))
                + figure("AUC", Lines.number("%.3f", progress.metric("reward_auc")))
                + (progress.hasPairs() ? figure("pairs", Lines.number("%.0f", progress.metric("pairs"))) : "");
    }

    private static String bar(RunProgress progress) {
        int filled = (int) (BAR * Math.max(0, progress.step() - 1) / Math.max(1, progress.stepsTotal()));
        if (progress.phase().equals("completed")) {
            filled = BAR;
        }
        return "█".repeat(filled) + DIM + "░".repeat(BAR - filled) + NORMAL;
    }

    private static String phase(RunProgress progress) {
        boolean countsGroups =
                progress.phase().equals("sampling") || progress.phase().equals("evaluating");
        return countsGroups && progress.groupsTotal() > 0
                ? progress.phase() + " " + progress.groupsClosed() + "/" + progress.groupsTotal()
                : progress.phase();
    }

    private static String accuracies(RunProgress progress) {
        return progress.lastAccuracy()
                .map(last -> Lines.percent(progress.firstAccuracy().orElse(last).mean()) + " → "
                        + Lines.percent(last.mean()) + " (step " + last.step() + ")")
                .orElse("-");
    }

    private static String figure(String label, String value) {
        return String.format(Locale.ROOT, "%s%12s%s %-13s", DIM, label, NORMAL, value);
    }

    @Override
    public void close() {
        redraw(newest);
    }
}
