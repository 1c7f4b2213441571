/** Trains a run's models again from its archive, without a platform, and compares with what was recorded. */
@NullMarked
package dev.cooper.cli.replay;

import org.jspecify.annotations.NullMarked;
