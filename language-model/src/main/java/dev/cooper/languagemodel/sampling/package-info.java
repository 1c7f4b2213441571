/** Sampling of completions in batches, reproducible from counters. */
@NullMarked
package dev.cooper.languagemodel.sampling;

import org.jspecify.annotations.NullMarked;
