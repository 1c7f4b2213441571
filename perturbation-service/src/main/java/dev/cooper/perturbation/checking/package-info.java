/** Asks the verifier whether a text answers a question. Knows no framework. */
@NullMarked
package dev.cooper.perturbation.checking;

import org.jspecify.annotations.NullMarked;
