package dev.cooper.platform.web;

import dev.cooper.platform.failure.BadInputException;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.failure.FailureReasons;
import dev.cooper.platform.failure.NotFoundException;
import dev.cooper.platform.failure.PreconditionException;
import dev.cooper.platform.failure.QuotaException;
import dev.cooper.platform.failure.TooLargeException;
import dev.cooper.proto.v1.FailureReason;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Failures as problem details (RFC 9457): {@code type} is {@code urn:cooper:problem:} and the reason, {@code reason}
 * the reason itself, and {@code errors} lists field and message of each wrong field. What Spring MVC itself refuses
 * keeps Spring's answer, which is a problem detail, too.
 */
@RestControllerAdvice
@Order(10) // after Spring's own, which is at 0
public final class ProblemAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAnswers.class);

    @ExceptionHandler
    ProblemDetail failure(CooperException failure) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status(failure), failure.detail());
        problem.setType(URI.create(
                "urn:cooper:problem:" + FailureReasons.tag(failure.reason()).replace('_', '-')));
        problem.setProperty("reason", failure.reason().name());
        List<Map<String, String>> errors = errors(failure);
        if (!errors.isEmpty()) {
            problem.setProperty("errors", errors);
        }
        return problem;
    }

    @ExceptionHandler
    ProblemDetail fault(RuntimeException fault) {
        LOG.error("a fault while answering a request", fault);
        return failure(new CooperException(
                FailureReason.INTERNAL, "an internal fault; the log of the service tells more", fault));
    }

    private static List<Map<String, String>> errors(CooperException failure) {
        if (failure instanceof BadInputException bad) {
            return bad.problems().stream()
                    .map(problem -> Map.of("field", problem.field(), "message", problem.message()))
                    .toList();
        }
        return failure.field().stream()
                .map(field -> Map.of("field", field, "message", failure.detail()))
                .toList();
    }

    private static HttpStatus status(CooperException failure) {
        if (failure instanceof NotFoundException) {
            return HttpStatus.NOT_FOUND;
        }
        if (failure instanceof PreconditionException) {
            return HttpStatus.CONFLICT;
        }
        if (failure instanceof TooLargeException) {
            return HttpStatus.CONTENT_TOO_LARGE;
        }
        if (failure instanceof QuotaException) {
            return HttpStatus.TOO_MANY_REQUESTS;
        }
        return switch (failure.reason()) {
            case BAD_INPUT -> HttpStatus.BAD_REQUEST;
            case NO_CAPACITY -> HttpStatus.SERVICE_UNAVAILABLE;
            case TIMEOUT -> HttpStatus.GATEWAY_TIMEOUT;
            case CANCELLED -> HttpStatus.CONFLICT;
            case MODEL_FAULT, INTERNAL, FAILURE_REASON_UNSPECIFIED, UNRECOGNIZED -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }
}
