/** Token ids and their log-probabilities as immutable values. */
@NullMarked
package dev.cooper.languagemodel.tokens;

import org.jspecify.annotations.NullMarked;
