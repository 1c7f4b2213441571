package dev.cooper.platform.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/** Says why a request is refused: nobody is known to have sent it, or the one who has may not. */
final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final Audit audit;

    Refusals(Audit audit) {
        this.audit = audit;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        if (why instanceof AuthenticationServiceException) {
            LOG.error("tokens cannot be checked", why);
            Problems.answer(
                    request,
                    response,
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "the server that issues tokens cannot be asked for its keys; try again, and see this service's log");
            return;
        }
        boolean invalid = why instanceof InvalidBearerTokenException;
        audit.refused(request, invalid ? "invalid token" : "no token");
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, invalid ? "Bearer error=\"invalid_token\"" : "Bearer");
        Problems.answer(
                request,
                response,
                HttpStatus.UNAUTHORIZED,
                invalid
                        ? "the token is not valid: " + why.getMessage()
                        : "a token is missing: send the header Authorization: Bearer TOKEN");
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
            throws IOException {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        String name = caller == null ? Audit.NOBODY : caller.getName();
        audit.asked(request, caller, HttpStatus.FORBIDDEN.value());
        Problems.answer(
                request,
                response,
                HttpStatus.FORBIDDEN,
                name + " may not " + request.getMethod() + " this: viewers read, operators start and steer runs and"
                        + " jobs, admins do the rest");
    }
}
