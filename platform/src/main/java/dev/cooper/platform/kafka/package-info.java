/**
 * The line on Kafka: clients and their settings, topics, writing records synchronously, following the control topic.
 */
@NullMarked
package dev.cooper.platform.kafka;

import org.jspecify.annotations.NullMarked;
