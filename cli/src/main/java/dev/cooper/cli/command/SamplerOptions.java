package dev.cooper.cli.command;

import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.sampling.SamplerLimits;
import dev.cooper.languagemodel.sampling.SamplingSettings;
import dev.cooper.languagemodel.sampling.StopStrings;
import java.util.List;
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

    /**
     * How to draw, by the options of these names.
     *
     * @throws IllegalArgumentException naming the option that does not hold
     */
    static SamplingSettings settings(double temperature, double topP, int topK, int maxNewTokens, List<String> stop) {
        try {
            return new SamplingSettings(temperature, topP, topK, maxNewTokens, new StopStrings(stop));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(withOptionNames(String.valueOf(e.getMessage())), e);
        }
    }

    private static String withOptionNames(String message) {
        return message.replace("temperature", "--temperature")
                .replace("topP", "--top-p")
                .replace("topK", "--top-k")
                .replace("maxNewTokens", "--max-new-tokens")
                .replace("stop string", "--stop: stop string");
    }

    private static void require(String option, long value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s must be at least 1, not %d".formatted(option, value));
        }
    }
}
