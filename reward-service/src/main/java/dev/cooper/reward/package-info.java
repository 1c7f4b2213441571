/** The reward model as a service: its application and stream. */
@NullMarked
package dev.cooper.reward;

import org.jspecify.annotations.NullMarked;
