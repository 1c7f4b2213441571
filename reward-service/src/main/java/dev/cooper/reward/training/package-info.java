/**
 * A reward model from labelled completions: binary cross-entropy from a language model with a new head or from a reward
 * model, the best weights by AUC on questions that were held back. Knows no framework.
 */
@NullMarked
package dev.cooper.reward.training;

import org.jspecify.annotations.NullMarked;
