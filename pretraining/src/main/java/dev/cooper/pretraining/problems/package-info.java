/**
 * Short arithmetic word problems and their worked solutions, each a function of a seed and an index. Nothing here knows
 * a model or a tokenizer.
 */
@NullMarked
package dev.cooper.pretraining.problems;

import org.jspecify.annotations.NullMarked;
