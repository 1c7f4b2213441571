/** Reads a manifest's records from Kafka. */
@NullMarked
package dev.cooper.modelruntime.kafka;

import org.jspecify.annotations.NullMarked;
