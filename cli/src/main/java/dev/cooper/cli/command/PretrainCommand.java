package dev.cooper.cli.command;

import dev.cooper.pretraining.PretrainSettings;
import dev.cooper.pretraining.Pretrainer;
import dev.cooper.pretraining.PretrainingReport;
import dev.cooper.pretraining.corpus.DataSets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the tiny model of the examples, or another one like it. */
@Command(
        name = "pretrain",
        mixinStandardHelpOptions = true,
        description = "Make a tiny language model from nothing: word problems with solutions, a tokenizer, new weights."
                + " The same seed and settings make the same model.")
public final class PretrainCommand implements Callable<Integer> {
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
            names = "--data",
            paramLabel = "DIR",
            description = "Also write the problems to train and evaluate on: train.jsonl and heldout.jsonl.")
    private Path data = Path.of("");

    @Override
    public Integer call() throws IOException {
        PretrainingReport report = Pretrainer.run(
                PretrainSettings.standard(seed).withSteps(steps), out, progress -> System.out.println(progress.line()));
        if (!data.toString().isEmpty()) {
            DataSets.writeStandard(seed, data);
        }
        System.out.println("model: " + out.toAbsolutePath() + "  weights " + report.checksum());
        return 0;
    }
}
