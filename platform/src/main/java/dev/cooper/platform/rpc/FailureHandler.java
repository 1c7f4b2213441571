package dev.cooper.platform.rpc;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.failure.FailureStatus;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.grpc.server.exception.GrpcExceptionHandler;

/**
 * Answers calls whose handler threw, or passed to its observer, an exception: a reason of the closed set in the
 * details.
 */
public final class FailureHandler implements GrpcExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FailureHandler.class);

    @Override
    public StatusException handleException(Throwable thrown) {
        if (thrown instanceof StatusException status) {
            return status;
        }
        if (thrown instanceof StatusRuntimeException status) {
            return status.getStatus().asException(status.getTrailers());
        }
        if (!(thrown instanceof CooperException)) {
            LOG.error("a fault while answering a call", thrown);
        }
        StatusRuntimeException status = FailureStatus.toStatus(thrown);
        return status.getStatus().withCause(thrown).asException(status.getTrailers());
    }
}
