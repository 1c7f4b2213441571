/**
 * Finds when a policy pleases its reward model instead of being right: folds the figures of a run's steps into what is
 * suspected. Knows neither the ledger nor the log.
 */
@NullMarked
package dev.cooper.orchestrator.hacking;

import org.jspecify.annotations.NullMarked;
