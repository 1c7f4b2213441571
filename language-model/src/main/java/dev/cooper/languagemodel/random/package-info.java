/** Randomness as a pure function of a seed and counters. */
@NullMarked
package dev.cooper.languagemodel.random;

import org.jspecify.annotations.NullMarked;
