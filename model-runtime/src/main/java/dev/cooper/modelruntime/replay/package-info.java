/**
 * A model trained again from a run's archive, offline: {@link dev.cooper.modelruntime.replay.Replay} makes every update
 * once more, by the code that made it first, and compares every checksum. Knows no log and no service.
 */
@NullMarked
package dev.cooper.modelruntime.replay;

import org.jspecify.annotations.NullMarked;
