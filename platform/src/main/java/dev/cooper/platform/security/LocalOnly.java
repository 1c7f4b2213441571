package dev.cooper.platform.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Where REST is open, a page that the user has in a browser must not steer runs: a request must name this machine, and
 * must not come from a page of another one.
 */
final class LocalOnly extends OncePerRequestFilter {

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?(0*:)*:?0*1\\]?");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isLocal(request.getServerName()) && isLocalPage(request.getHeader(HttpHeaders.ORIGIN))) {
            chain.doFilter(request, response);
        } else {
            Problems.answer(
                    request,
                    response,
                    HttpStatus.FORBIDDEN,
                    "without tokens this service answers programs of its own machine only, at 127.0.0.1 or localhost;"
                            + " see cooper.security.tokens-file");
        }
    }

    static boolean isLocal(@Nullable String host) {
        return host != null && LOOPBACK.matcher(host).matches();
    }

    private static boolean isLocalPage(@Nullable String origin) {
        if (origin == null) {
            return true;
        }
        try {
            return isLocal(URI.create(origin).getHost());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
