package dev.cooper.cli.command;

import dev.cooper.cli.client.Mode;
import dev.cooper.cli.sizing.Devices;
import dev.cooper.cli.sizing.RunShape;
import dev.cooper.cli.sizing.RunTime;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Days and devices of a run. */
@Command(
        name = "estimate",
        description = "Computes how many days a run takes on how many devices. Without options: the paper's shape. Asks"
                + " no server and starts nothing; docs/sizing.md says how it is computed.",
        showDefaultValues = true,
        mixinStandardHelpOptions = true)
public final class EstimateCommand implements Callable<Integer> {

    private static final double TERA = 1e12;
    private static final int MOST_SAMPLERS = 64;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--mode", description = "rule, static or cooper.", defaultValue = "cooper")
    private Mode mode = Mode.COOPER;

    @Option(names = "--policy", description = "Parameters of the policy.", defaultValue = "1.54e9")
    private double policy;

    @Option(names = "--reward", description = "Parameters of the reward model.", defaultValue = "1.54e9")
    private double reward;

    @Option(names = "--prompts", description = "Prompts a step.", defaultValue = "512")
    private double prompts;

    @Option(names = "--samples", description = "Completions a prompt.", defaultValue = "16")
    private double samples;

    @Option(names = "--prompt-tokens", description = "Mean length of a prompt.", defaultValue = "150")
    private double promptTokens;

    @Option(names = "--completion-tokens", description = "Mean length of a completion.", defaultValue = "1000")
    private double completionTokens;

    @Option(names = "--steps", description = "Steps of the run.", defaultValue = "2012")
    private double steps;

    @Option(names = "--activation-checkpointing", description = "Whether the policy is trained with it.")
    private boolean checkpointed;

    @Option(names = "--no-kl", description = "Whether the run has no reference policy.")
    private boolean withoutKl;

    @Option(
            names = "--evaluated",
            description = "Completions of one evaluation: problems times samples.",
            defaultValue = "31048")
    private double evaluated;

    @Option(names = "--evaluate-every", description = "Steps; 0 for never.", defaultValue = "10")
    private double evaluateEvery;

    @Option(names = "--samplers", description = "Samplers, each on a device.", defaultValue = "8")
    private int samplers;

    @Option(names = "--scorers", description = "Scorers, each on a device.", defaultValue = "1")
    private int scorers;

    @Option(
            names = "--tokens-per-second",
            description = "Of one sampler, measured: cooper bench, or cooper_sampling_tokens_total.",
            defaultValue = "5000")
    private double tokens;

    @Option(
            names = "--tflops",
            description = "Of a device that trains, at its best in the precision that it trains in, 1e12 a second.",
            defaultValue = "60")
    private double tflops;

    @Option(names = "--mfu", description = "Share of that which is reached.", defaultValue = "0.4")
    private double mfu;

    @Option(
            names = "--overhead",
            description = "Seconds of a step in which nothing of this is computed.",
            defaultValue = "10")
    private double overhead;

    @Override
    public Integer call() {
        RunShape shape = shape();
        Devices devices = devices(samplers);
        RunTime time = time(shape, devices);
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%.1f days: %.0f steps of %.0f s on %d devices, %.0f device-days, %.3g FLOPs a step%n%n",
                time.days(steps),
                steps,
                time.step(),
                RunTime.devices(shape, devices),
                time.days(steps) * RunTime.devices(shape, devices),
                shape.total());
        line(out, time, "sampling", time.sampling());
        line(out, time, "waiting for scores", time.scoringWait());
        line(out, time, "training the policy", time.training());
        line(out, time, "waiting for pairs", time.pairWait());
        line(out, time, "training the reward model", time.update());
        line(out, time, "evaluation", time.evaluation());
        line(out, time, "the rest", time.overhead());
        out.printf("%n%10s %10s %10s%n", "samplers", "devices", "days");
        for (int count = 1; count <= MOST_SAMPLERS; count *= 2) {
            Devices other = devices(count);
            out.printf(
                    Locale.ROOT,
                    "%10d %10d %10.1f%n",
                    count,
                    RunTime.devices(shape, other),
                    time(shape, other).days(steps));
        }
        out.flush();
        return 0;
    }

    private RunShape shape() {
        requireAbove("--policy", policy);
        requireAbove("--reward", reward);
        requireAbove("--prompts", prompts);
        requireAbove("--samples", samples);
        requireAbove("--prompt-tokens", promptTokens);
        requireAbove("--completion-tokens", completionTokens);
        requireAbove("--steps", steps);
        return new RunShape(
                mode,
                policy,
                reward,
                prompts,
                samples,
                promptTokens,
                completionTokens,
                steps,
                checkpointed,
                !withoutKl);
    }

    private Devices devices(int count) {
        requireAbove("--samplers", samplers);
        requireAbove("--scorers", scorers);
        requireAbove("--tokens-per-second", tokens);
        requireAbove("--tflops", tflops);
        requireAbove("--mfu", mfu);
        return new Devices(count, scorers, tokens, tflops * TERA * mfu, overhead);
    }

    private RunTime time(RunShape shape, Devices devices) {
        return RunTime.of(shape, devices, evaluateEvery > 0 ? evaluated / evaluateEvery : 0);
    }

    private static void requireAbove(String option, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(option + " must be above 0, is " + value);
        }
    }

    private static void line(PrintWriter out, RunTime time, String part, double seconds) {
        out.printf(Locale.ROOT, "%-28s %10.1f s %5.1f %%%n", part, seconds, 100 * seconds / time.step());
    }
}
