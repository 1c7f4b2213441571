package dev.cooper.cli.command;

import dev.cooper.pretraining.PretrainSettings;
import dev.cooper.pretraining.Pretrainer;
import dev.cooper.pretraining.PretrainingReport;
import dev.cooper.pretraining.Progress;
import dev.cooper.pretraining.RewardPretrainer;
import dev.cooper.pretraining.RewardReport;
import dev.cooper.pretraining.RewardSettings;
import dev.cooper.pretraining.corpus.DataSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes the tiny models of the examples, or others like them. */
@Command(
        name = "pretrain",
        mixinStandardHelpOptions = true,
        description = "Make a tiny language model from nothing: word problems with solutions, a tokenizer, new weights."
                + " And a reward model from it. The same seed and settings make the same models.")
public final class PretrainCommand implements Callable<Integer> {
    private static final Path NONE = Path.of("");
    private static final int STANDARD_STEPS = PretrainSettings.standard(1).steps();

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Seed of problems and weights (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--steps", paramLabel = "N", description = "Optimiser steps (default: as the shipped model).")
    private int steps = STANDARD_STEPS;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "pretrained",
            description = "A new folder, or one that an earlier pretrain wrote (default: ./${DEFAULT-VALUE}).")
    private Path out = Path.of("pretrained");

    @Option(
            names = "--reward-out",
            paramLabel = "DIR",
            description =
                    "Also make a reward model from the base, in this folder: new, or written by an earlier pretrain.")
    private Path rewardOut = NONE;

    @Option(
            names = "--keep-base",
            description = "Train no base: take the one that an earlier pretrain wrote to the folder of --out.")
    private boolean keepBase;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Also write the problems to train and evaluate on, train.jsonl and heldout.jsonl, and completions of"
                            + " the base with labels, labelled.jsonl (what a reward model learns from) and probe.jsonl (what it"
                            + " is measured on).")
    private Path data = NONE;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        if (keepBase) {
            checkBase();
        } else {
            PretrainingReport report =
                    Pretrainer.run(PretrainSettings.standard(seed).withSteps(steps), out, PretrainCommand::print);
            System.out.println("model: " + out.toAbsolutePath() + "  weights " + report.checksum());
        }
        if (!rewardOut.equals(NONE)) {
            RewardReport report =
                    RewardPretrainer.run(RewardSettings.standard(seed), out, rewardOut, PretrainCommand::print);
            System.out.println("reward model: " + rewardOut.toAbsolutePath() + "  weights " + report.checksum());
        }
        if (!data.equals(NONE)) {
            DataSets.writeStandard(seed, data);
            RewardPretrainer.writeLabelled(RewardSettings.standard(seed), out, data);
        }
        return 0;
    }

    private void checkBase() throws IOException {
        if (!Files.exists(out.resolve(PretrainingReport.FILE))) {
            throw new ParameterException(
                    command.commandLine(),
                    "--keep-base: " + out + " holds no model that pretrain made; leave the option out to make one");
        }
        long made = PretrainingReport.read(out).settings().seed();
        if (made != seed) {
            // Another seed would set other problems apart from those that the base's users train on.
            throw new ParameterException(
                    command.commandLine(),
                    "--keep-base: " + out + " was made with --seed " + made + "; give that seed");
        }
    }

    private static void print(Progress progress) {
        System.out.println(progress.line());
    }
}
