/** Tells by HTTP when a run ends or pauses: at least once, in a bounded number of attempts, over restarts. */
@NullMarked
package dev.cooper.orchestrator.webhook;

import org.jspecify.annotations.NullMarked;
