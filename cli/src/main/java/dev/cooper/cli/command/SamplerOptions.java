package dev.cooper.cli.command;

import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.sampling.SamplerLimits;
import picocli.CommandLine.Option;

/** The options of commands that draw from a model. */
final class SamplerOptions {
    private static final long MEBIBYTE = 1 << 20;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "256",
            description = "Most completions drawn at the same time (default: ${DEFAULT-VALUE}).")
    private int rows = 256;

    @Option(
            names = "--cache-mib",
            paramLabel = "MIB",
            defaultValue = "2048",
            description = "Memory for keys and values of the completions drawn at the same time; fewer are, if they do"
                    + " not fit (default: ${DEFAULT-VALUE}).")
    private long cacheMebibytes = 2048;

    @Option(
            names = "--deterministic",
            description = "Compute at fixed shapes, at their price: no completion depends on what else is drawn.")
    private boolean deterministic;

    /** The limits of a sampler of this model, in its own precision. */
    SamplerLimits limits(CausalLanguageModel model) {
        require("--rows", rows);
        require("--cache-mib", cacheMebibytes);
        return new SamplerLimits(
                rows,
                model.config().maxPositions(),
                deterministic,
                model.precision(),
                Math.multiplyExact(cacheMebibytes, MEBIBYTE));
    }

    private static void require(String option, long value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s must be at least 1, not %d".formatted(option, value));
        }
    }
}
