/**
 * Traces of runs by OpenTelemetry: a trace is a step with all of its groups, through every service that works on them.
 * Off by default.
 */
@NullMarked
package dev.cooper.platform.tracing;

import org.jspecify.annotations.NullMarked;
