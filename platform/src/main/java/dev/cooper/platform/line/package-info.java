/**
 * The line that a rollout travels: topics, record headers, and a stage as a pure function from a record to records.
 * Knows neither Kafka nor Spring.
 */
@NullMarked
package dev.cooper.platform.line;

import org.jspecify.annotations.NullMarked;
