/** The orchestrator's ends of the line: Kafka for what comes and goes, gRPC for commands to the trainer. */
@NullMarked
package dev.cooper.orchestrator.line;

import org.jspecify.annotations.NullMarked;
