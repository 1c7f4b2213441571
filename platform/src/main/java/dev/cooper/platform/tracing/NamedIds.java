package dev.cooper.platform.tracing;

import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Random ids, but for the spans that are begun within {@link #as}. */
final class NamedIds implements IdGenerator {

    private static final ThreadLocal<@Nullable TraceName> WANTED = new ThreadLocal<>();

    private final IdGenerator random = IdGenerator.random();

    /** Begins a root span under this name. */
    <T> T as(TraceName name, Supplier<T> begin) {
        WANTED.set(name);
        try {
            return begin.get();
        } finally {
            WANTED.remove();
        }
    }

    @Override
    public String generateSpanId() {
        TraceName name = WANTED.get();
        return name == null ? random.generateSpanId() : name.spanId();
    }

    @Override
    public String generateTraceId() {
        TraceName name = WANTED.get();
        return name == null ? random.generateTraceId() : name.traceId();
    }
}
