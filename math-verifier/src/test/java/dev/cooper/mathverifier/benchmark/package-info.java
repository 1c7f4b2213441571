/** How fast the verifier is. */
@NullMarked
package dev.cooper.mathverifier.benchmark;

import org.jspecify.annotations.NullMarked;
