package dev.cooper.cli.bench;

/**
 * How the engine works, as far as that can be chosen.
 *
 * @param rows most sequences decoded at the same time
 * @param cacheBytes memory for their keys and values
 * @param deterministic whether sampling computes at fixed shapes
 * @param tokenBudget most tokens of one forward pass in training
 * @param checkpointing whether training computes each layer again on the way back instead of keeping what it computed
 */
public record EngineSettings(int rows, long cacheBytes, boolean deterministic, int tokenBudget, boolean checkpointing) {
    public EngineSettings {
        require("--rows", rows);
        require("--cache-mib", cacheBytes);
        require("--token-budget", tokenBudget);
    }

    private static void require(String option, long value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s must be at least 1, not %d".formatted(option, value));
        }
    }
}
