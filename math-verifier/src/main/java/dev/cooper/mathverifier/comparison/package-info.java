/** Whether two answers, as trees, say the same: structure rules above {@link dev.cooper.mathverifier.algebra}. */
@NullMarked
package dev.cooper.mathverifier.comparison;

import org.jspecify.annotations.NullMarked;
