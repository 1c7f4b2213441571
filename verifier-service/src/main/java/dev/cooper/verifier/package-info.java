/** The verifier service: rollouts in, verdicts out, and answers checked over gRPC. */
@NullMarked
package dev.cooper.verifier;

import org.jspecify.annotations.NullMarked;
