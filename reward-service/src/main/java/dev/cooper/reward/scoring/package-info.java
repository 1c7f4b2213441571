/**
 * Scores verified groups in batches, and lets those through that need no reward model. Knows no framework; the model is
 * behind {@link dev.cooper.reward.scoring.ScoringEngine}.
 */
@NullMarked
package dev.cooper.reward.scoring;

import org.jspecify.annotations.NullMarked;
