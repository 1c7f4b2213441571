/** Trains the reward model on pairs: what the trainer host of {@code model-runtime} needs to know of it. */
@NullMarked
package dev.cooper.reward.updating;

import org.jspecify.annotations.NullMarked;
