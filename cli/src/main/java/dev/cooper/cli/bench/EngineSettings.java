package dev.cooper.cli.bench;

import dev.cooper.languagemodel.sampling.SamplerLimits;

/**
 * How the engine works, as far as that can be chosen.
 *
 * @param tokenBudget most tokens of one forward pass in training
 * @param scoringBudget most tokens that a reward model reads at once
 * @param checkpointing whether training computes each layer again on the way back instead of keeping what it computed
 */
public record EngineSettings(SamplerLimits sampler, int tokenBudget, int scoringBudget, boolean checkpointing) {}
