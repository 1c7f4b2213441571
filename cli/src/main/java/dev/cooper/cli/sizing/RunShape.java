package dev.cooper.cli.sizing;

import dev.cooper.cli.client.Mode;

/**
 * What a run computes, by the formulas of docs/paper-run.md: a forward pass costs 2 FLOPs a parameter and token,
 * forward and backward 6, and 8 with activation checkpointing. Attention's own part is left out.
 *
 * @param mode which of the parts there are
 * @param policy parameters; the reference policy has as many, and so has an embedded assistant
 * @param reward parameters of the reward model
 * @param prompts groups a step
 * @param samples completions a prompt
 * @param prompt mean tokens of a prompt
 * @param completion mean tokens of a completion
 * @param steps of the run
 * @param checkpointed whether the policy is trained with activation checkpointing
 * @param kl whether there is a reference policy
 */
public record RunShape(
        Mode mode,
        double policy,
        double reward,
        double prompts,
        double samples,
        double prompt,
        double completion,
        double steps,
        boolean checkpointed,
        boolean kl) {

    /** Instruction of a rewrite, and what the reward model reads beside the completion; tokens. */
    private static final int INSTRUCTION = 150;

    private static final int TEMPLATE = 130;
    /** A completion is cut to 1,500 characters before it is scored; tokens. */
    private static final int CUT = 500;
    /** Share of groups with a CORRECT completion, attempts at a negative, share of those groups that get one. */
    private static final double POSITIVE = 0.75;

    private static final double ATTEMPTS = 1.5;
    private static final double PAIRED = 0.9;

    private double completions() {
        return prompts * samples;
    }

    private double scored() {
        return TEMPLATE + Math.min(completion, CUT);
    }

    private boolean hasRewardModel() {
        return mode != Mode.RULE;
    }

    private boolean makesPairs() {
        return mode == Mode.COOPER;
    }

    /** Tokens that the samplers draw in a step. */
    public double sampledTokens() {
        return completions() * completion;
    }

    /** Tokens that the assistant writes in a step. */
    public double rewrittenTokens() {
        return makesPairs() ? prompts * POSITIVE * ATTEMPTS * completion : 0;
    }

    /** FLOPs of a step's sampling; the prompt is read once a group. */
    public double sampling() {
        return 2 * policy * prompts * (samples * completion + prompt);
    }

    /** FLOPs of the reference policy's log-probabilities in a step. */
    public double reference() {
        return kl ? 2 * policy * completions() * (prompt + completion) : 0;
    }

    /** FLOPs of a step's policy update. */
    public double training() {
        return (checkpointed ? 8 : 6) * policy * completions() * (prompt + completion);
    }

    /** FLOPs of a step's scoring. */
    public double scoring() {
        return hasRewardModel() ? 2 * reward * completions() * scored() : 0;
    }

    /** FLOPs of a step's rewrites. */
    public double perturbation() {
        return makesPairs() ? 2 * policy * prompts * POSITIVE * ATTEMPTS * (INSTRUCTION + prompt + 2 * completion) : 0;
    }

    /** FLOPs of a step's update of the reward model: both sides of a pair, and its margin measured again. */
    public double update() {
        return makesPairs() ? 8 * reward * 2 * scored() * prompts * POSITIVE * PAIRED : 0;
    }

    /** FLOPs of a step. */
    public double total() {
        return sampling() + reference() + training() + scoring() + perturbation() + update();
    }
}
