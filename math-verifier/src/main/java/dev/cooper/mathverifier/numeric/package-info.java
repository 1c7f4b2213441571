/** Exact numbers. */
@NullMarked
package dev.cooper.mathverifier.numeric;

import org.jspecify.annotations.NullMarked;
