/**
 * Finds the answer in a completion, reads it as an exact value and compares it with a reference answer. Plain Java: no
 * framework, no clock, no chance; the same two texts give the same verdict everywhere.
 */
@NullMarked
package dev.cooper.mathverifier;

import org.jspecify.annotations.NullMarked;
