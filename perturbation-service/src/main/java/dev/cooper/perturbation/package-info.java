/**
 * The place of the service that picks a step's positives and has the assistant model write wrong versions of them, so
 * that the reward model can be trained on pairs. Mode rule needs none of it; nothing is built here yet.
 */
@NullMarked
package dev.cooper.perturbation;

import org.jspecify.annotations.NullMarked;
