/** Labelled pairs and published reference answers, and how the verifier judges them. */
@NullMarked
package dev.cooper.mathverifier.corpus;

import org.jspecify.annotations.NullMarked;
