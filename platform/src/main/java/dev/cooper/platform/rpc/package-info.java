/** gRPC channels, and failures on their way out of a gRPC server. */
@NullMarked
package dev.cooper.platform.rpc;

import org.jspecify.annotations.NullMarked;
