/** Coverage-guided fuzzing of extractor, parser and comparison: what holds for every text, whoever wrote it. */
@NullMarked
package dev.cooper.mathverifier.fuzz;

import org.jspecify.annotations.NullMarked;
