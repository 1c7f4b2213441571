/** Which run is driven, by whom, and for how long: the one thread that moves runs, and its lease. */
@NullMarked
package dev.cooper.orchestrator.schedule;

import org.jspecify.annotations.NullMarked;
