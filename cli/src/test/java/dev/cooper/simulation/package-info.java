/**
 * The whole loop on an in-memory log under one seed: the orchestrator's driver, the stages and the trainer, with
 * crashes, delays, duplicates and reorderings between any two events.
 */
@NullMarked
package dev.cooper.simulation;

import org.jspecify.annotations.NullMarked;
