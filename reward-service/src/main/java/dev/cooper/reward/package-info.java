/** The reward service: scores verified groups. */
@NullMarked
package dev.cooper.reward;

import org.jspecify.annotations.NullMarked;
