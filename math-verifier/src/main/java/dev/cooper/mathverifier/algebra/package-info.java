/**
 * Whether two scalar expressions are equal, by a ladder of methods from the cheapest on, within a counted number of
 * steps.
 */
@NullMarked
package dev.cooper.mathverifier.algebra;

import org.jspecify.annotations.NullMarked;
