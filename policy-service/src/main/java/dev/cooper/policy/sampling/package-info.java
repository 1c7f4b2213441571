/**
 * Prompts in, rollouts out: admission, batches across groups, one engine thread.
 * {@link dev.cooper.policy.sampling.SamplingStage} knows no framework; the model is behind
 * {@link dev.cooper.policy.sampling.SamplingEngine}.
 */
@NullMarked
package dev.cooper.policy.sampling;

import org.jspecify.annotations.NullMarked;
