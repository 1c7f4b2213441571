package dev.cooper.cli.replay;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What another reward would have made of a run's rollouts.
 *
 * @param mode that the run had
 * @param scoring empty when no model scored
 * @param sameModel whether the model is the one that had scored all of it: what differs is rounding then
 * @param stretches of steps that follow each other, as many as fit on a page
 * @param steps in their order
 * @param prompts those that change most
 */
public record CounterfactualResult(
        String run,
        String mode,
        Instead instead,
        Optional<Scoring> scoring,
        boolean sameModel,
        RewardComparison total,
        List<Stretch> stretches,
        List<Step> steps,
        List<ChangedPrompt> prompts) {
    public CounterfactualResult {
        stretches = List.copyOf(stretches);
        steps = List.copyOf(steps);
        prompts = List.copyOf(prompts);
    }

    /**
     * Who rewards instead.
     *
     * @param kind {@code rule} or {@code reward_model}; what follows is there of a model
     */
    public record Instead(String kind, Optional<Path> path, Optional<String> checksum, Optional<String> template) {}

    /**
     * What was scored.
     *
     * @param texts different ones, which were computed
     * @param tokens of them
     * @param seconds reading of tokens included
     */
    public record Scoring(long completions, long texts, long tokens, double seconds, double scoresPerSecond) {}

    /** Steps from one to another, both included. */
    public record Stretch(long first, long last, RewardComparison compared) {}

    /** A step of the run. */
    public record Step(long step, RewardComparison compared) {}
}
