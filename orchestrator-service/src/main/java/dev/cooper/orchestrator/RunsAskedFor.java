package dev.cooper.orchestrator;

import dev.cooper.orchestrator.api.RunController;
import dev.cooper.platform.tracing.Tracing;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/** Ties a new run's traces to the call that made it, which answers with the run's address. */
@ControllerAdvice(assignableTypes = RunController.class)
final class RunsAskedFor implements ResponseBodyAdvice<Object> {

    private static final String RUNS = "/api/v1/runs/";

    private final Tracing tracing;

    RunsAskedFor(Tracing tracing) {
        this.tracing = tracing;
    }

    @Override
    public boolean supports(MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
        return ResponseEntity.class.isAssignableFrom(returned.getParameterType());
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter returned,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        URI made = response.getHeaders().getLocation();
        if (made != null && made.getPath().startsWith(RUNS)) {
            tracing.asked(made.getPath().substring(RUNS.length()));
        }
        return body;
    }
}
