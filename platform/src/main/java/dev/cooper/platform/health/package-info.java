/** Tells a worker that is stuck from one that is busy, or that loads a model. */
@NullMarked
package dev.cooper.platform.health;

import org.jspecify.annotations.NullMarked;
