/** The trainer's commands over gRPC. */
@NullMarked
package dev.cooper.modelruntime.grpc;

import org.jspecify.annotations.NullMarked;
