/**
 * Answers rewritten without changing their value, and near misses of answers: what the verifier must accept and refuse.
 */
@NullMarked
package dev.cooper.mathverifier.metamorphic;

import org.jspecify.annotations.NullMarked;
