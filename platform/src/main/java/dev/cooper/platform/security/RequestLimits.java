package dev.cooper.platform.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses bodies that are too large, and callers that ask too often: by name, or by address where none is known. */
final class RequestLimits extends OncePerRequestFilter {

    private static final int MINUTE = 60;

    private final long bodyBytes;
    private final int perMinute;
    private final Clock clock;
    private volatile Window window = new Window(Instant.EPOCH, Map.of());

    /** Requests of each caller in one minute. */
    private record Window(Instant minute, Map<String, AtomicInteger> requests) {}

    /** @param perMinute {@link Integer#MAX_VALUE} for as many as come */
    RequestLimits(long bodyBytes, int perMinute, Clock clock) {
        this.bodyBytes = bodyBytes;
        this.perMinute = perMinute;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (perMinute < Integer.MAX_VALUE && count(caller(request)) > perMinute) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Integer.toString(MINUTE));
            Problems.answer(
                    request,
                    response,
                    HttpStatus.TOO_MANY_REQUESTS,
                    "more than " + perMinute + " requests in this minute; ask more seldom, or raise"
                            + " cooper.security.limits.requests-per-minute");
        } else if (request.getContentLengthLong() > bodyBytes) {
            Problems.answer(request, response, HttpStatus.CONTENT_TOO_LARGE, BoundedRequest.tooLarge(bodyBytes));
        } else {
            chain.doFilter(new BoundedRequest(request, bodyBytes), response);
        }
    }

    private int count(String caller) {
        Instant minute = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        Window now = window;
        if (!now.minute().equals(minute)) {
            now = new Window(minute, new ConcurrentHashMap<>());
            window = now;
        }
        return now.requests().computeIfAbsent(caller, _ -> new AtomicInteger()).incrementAndGet();
    }

    private static String caller(HttpServletRequest request) {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        return caller == null || caller instanceof AnonymousAuthenticationToken
                ? "from " + request.getRemoteAddr()
                : caller.getName();
    }
}
