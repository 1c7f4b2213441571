package dev.cooper.cli.command;

import dev.cooper.cli.follow.RunFollower;
import dev.cooper.cli.replay.ComparedCompletion;
import dev.cooper.cli.replay.Counterfactual;
import dev.cooper.cli.replay.CounterfactualFiles;
import dev.cooper.cli.replay.CounterfactualResult;
import dev.cooper.cli.replay.CounterfactualText;
import dev.cooper.cli.replay.StepRange;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a replay that rewards the logged completions by somebody else. */
final class CounterfactualOptions {
    private static final String RULE = "rule";
    private static final int LINES_ELSEWHERE = 10;

    @Option(
            names = "--reward-model",
            paramLabel = "DIR",
            description =
                    "Train nothing; tell what the rewards of the logged completions would have been by this reward"
                            + " model, a folder in Hugging Face layout.")
    private @Nullable Path rewardModel;

    @Option(
            names = "--mode",
            paramLabel = "rule",
            description = "Train nothing; tell what the rewards would have been by the rule's verdicts.")
    private @Nullable String mode;

    @Option(
            names = "--steps",
            paramLabel = "A..B",
            description = "With one of these: of these steps only, such as 3..20, 3.., ..20 or 3.")
    private @Nullable String steps;

    @Option(
            names = "--template",
            paramLabel = "TEXT",
            description = "What the reward model reads, as reward.template of a run (default: the run's; of a run"
                    + " without a reward model VerifyRM's).")
    private @Nullable String template;

    @Option(
            names = "--token-budget",
            paramLabel = "N",
            defaultValue = "8192",
            description = "Most tokens scored at once (default: ${DEFAULT-VALUE}).")
    private int tokenBudget = 8192;

    @Option(
            names = "--prompts",
            paramLabel = "N",
            defaultValue = "5",
            description = "How many of the prompts that change most are shown (default: ${DEFAULT-VALUE}).")
    private int prompts = 5;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write everything here.")
    private @Nullable Path json;

    @Option(names = "--csv", paramLabel = "FILE", description = "Also write a line a step here.")
    private @Nullable Path csv;

    @Option(
            names = "--completions",
            paramLabel = "FILE",
            description = "Also write a line a completion here, as CSV, with both rewards and advantages.")
    private @Nullable Path completions;

    /**
     * Whether another reward is asked for.
     *
     * @throws IllegalArgumentException naming the option that does not go with the others
     */
    boolean areAsked() {
        if (mode != null && !mode.equals(RULE)) {
            throw new IllegalArgumentException(
                    "--mode must be rule, not '" + mode + "'; for another reward model give --reward-model DIR");
        }
        if (mode != null && rewardModel != null) {
            throw new IllegalArgumentException("give one of --reward-model and --mode rule, not both");
        }
        boolean asked = mode != null || rewardModel != null;
        if (!asked && (steps != null || json != null || csv != null || completions != null || template != null)) {
            throw new IllegalArgumentException("--steps, --template, --json, --csv and --completions go with"
                    + " --reward-model DIR or --mode rule; training again begins at the first step and takes none");
        }
        return asked;
    }

    void compare(Path storage, String run, PrintWriter out, PrintWriter progress) throws IOException {
        Counterfactual.Options options = new Counterfactual.Options(
                steps == null ? StepRange.ALL : StepRange.parse(steps),
                Optional.ofNullable(rewardModel),
                Optional.ofNullable(template),
                tokenBudget,
                prompts);
        CounterfactualResult result;
        try (Writer lines = completions == null ? Writer.nullWriter() : CounterfactualFiles.completions(completions)) {
            result = new Counterfactual(storage, options, new Progress(lines, progress)).of(run);
        }
        out.print(CounterfactualText.of(result));
        out.flush();
        if (json != null) {
            CounterfactualFiles.writeJson(json, result);
        }
        if (csv != null) {
            CounterfactualFiles.writeSteps(csv, result);
        }
    }

    /** A line that is written over on a terminal, and about ten lines elsewhere. */
    private record Progress(Writer lines, PrintWriter out) implements Counterfactual.Listener {
        @Override
        public void compared(String problemId, ComparedCompletion completion) throws IOException {
            CounterfactualFiles.write(lines, problemId, completion);
        }

        @Override
        public void finished(long step, int done, int total, Optional<CounterfactualResult.Scoring> scoring) {
            boolean terminal = RunFollower.isTerminal();
            if (!terminal && done % Math.ceilDiv(total, LINES_ELSEWHERE) != 0 && done != total) {
                return;
            }
            String speed = scoring.map(
                            scored -> String.format(Locale.ROOT, ", %.0f scores/s", scored.scoresPerSecond()))
                    .orElse("");
            out.printf(
                    Locale.ROOT, terminal ? "\rstep %d (%d/%d%s)  " : "step %d (%d/%d%s)%n", step, done, total, speed);
            if (terminal && done == total) {
                out.println();
            }
            out.flush();
        }
    }
}
