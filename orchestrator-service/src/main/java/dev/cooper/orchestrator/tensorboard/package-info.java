/** A run's scalars as event files that TensorBoard reads. */
@NullMarked
package dev.cooper.orchestrator.tensorboard;

import org.jspecify.annotations.NullMarked;
