/** The closed set of failure reasons as exceptions, and what they look like as gRPC status and as HTTP status. */
@NullMarked
package dev.cooper.platform.failure;

import org.jspecify.annotations.NullMarked;
