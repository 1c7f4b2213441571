package dev.cooper.platform.stream;

import dev.cooper.platform.health.Workers;
import dev.cooper.platform.tracing.Tracing;

/** How the stages of a service tell of their work. */
record Telling(LineMetrics metrics, Tracing tracing, Workers workers) {}
