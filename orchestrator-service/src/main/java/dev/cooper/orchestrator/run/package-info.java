/**
 * Runs and steps: their states, the ledger that keeps them, and the driver that moves a run from one state to the next.
 * Knows neither Spring nor Kafka nor SQL; those stand behind the ports declared here.
 */
@NullMarked
package dev.cooper.orchestrator.run;

import org.jspecify.annotations.NullMarked;
