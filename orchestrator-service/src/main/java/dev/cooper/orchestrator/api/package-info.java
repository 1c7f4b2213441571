/** REST and server-sent events: what users and tools see of runs. */
@NullMarked
package dev.cooper.orchestrator.api;

import org.jspecify.annotations.NullMarked;
