/** Runs, steps, evaluations, events and the outbox in PostgreSQL. */
@NullMarked
package dev.cooper.orchestrator.ledger;

import org.jspecify.annotations.NullMarked;
