/** Answers and references written to exhaust, crash or fool the verifier. */
@NullMarked
package dev.cooper.mathverifier.hostile;

import org.jspecify.annotations.NullMarked;
