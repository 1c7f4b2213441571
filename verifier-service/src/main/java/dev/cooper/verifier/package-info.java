/** The verifier as a service: its application, settings, stream and gRPC endpoint. */
@NullMarked
package dev.cooper.verifier;

import org.jspecify.annotations.NullMarked;
