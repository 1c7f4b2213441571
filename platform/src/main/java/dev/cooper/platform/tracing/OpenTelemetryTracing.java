package dev.cooper.platform.tracing;

import dev.cooper.platform.failure.FailureReasons;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.LogScope;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.StageResult;
import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Traces by OpenTelemetry. A step is one trace, whose root is {@link TraceName#ofStep}; each stage's work on a group is
 * a span below that of the stage before, which the record's header {@code traceparent} names.
 */
final class OpenTelemetryTracing implements Tracing {

    private static final W3CTraceContextPropagator HEADERS = W3CTraceContextPropagator.getInstance();

    private static final TextMapGetter<Map<String, String>> READ = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> headers) {
            return headers.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> headers, String name) {
            return headers == null ? null : headers.get(name);
        }
    };

    private final Tracer tracer;
    private final Sampler sampler;
    private final NamedIds ids;
    private final ClientInterceptor calls;

    /**
     * @param sampler which traces are kept; by the trace's id, so that all services decide alike
     * @param ids those of the tracer
     * @param calls makes a span of each call
     */
    OpenTelemetryTracing(Tracer tracer, Sampler sampler, NamedIds ids, ClientInterceptor calls) {
        this.tracer = tracer;
        this.sampler = sampler;
        this.ids = ids;
        this.calls = calls;
    }

    @Override
    public boolean isOn() {
        return true;
    }

    @Override
    public GroupSpan begin(String stage, LogRecord record, GroupHeaders group) {
        Span span = tracer.spanBuilder(stage)
                .setParent(parent(record, group))
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute("cooper.run", group.runId())
                .setAttribute("cooper.step", group.step())
                .setAttribute("cooper.slot", (long) group.slot())
                .setAttribute("cooper.attempt", (long) group.attempt())
                .setAttribute("cooper.purpose", group.purpose().name().toLowerCase(Locale.ROOT))
                .setAttribute("cooper.record", record.place())
                .startSpan();
        return new Working(span, group);
    }

    /** A record without the header was sent by a service that makes no traces; the step's trace is the same. */
    private Context parent(LogRecord record, GroupHeaders group) {
        Context told = HEADERS.extract(Context.root(), record.headers(), READ);
        return Span.fromContext(told).getSpanContext().isValid() ? told : step(group.runId(), group.step());
    }

    private Context step(String runId, long step) {
        return Context.root().with(Span.wrap(context(TraceName.ofStep(runId, step))));
    }

    private SpanContext context(TraceName name) {
        boolean kept = sampler.shouldSample(
                                Context.root(),
                                name.traceId(),
                                "step",
                                SpanKind.INTERNAL,
                                Attributes.empty(),
                                List.of())
                        .getDecision()
                == SamplingDecision.RECORD_AND_SAMPLE;
        return SpanContext.createFromRemoteParent(
                name.traceId(),
                name.spanId(),
                kept ? TraceFlags.getSampled() : TraceFlags.getDefault(),
                TraceState.getDefault());
    }

    @Override
    public LogScope inStep(String runId, long step) {
        return within(step(runId, step), LogScope.of(runId, step));
    }

    /** The end of the log's scope closes that of the trace. */
    @SuppressWarnings("MustBeClosedChecker")
    private static LogScope within(Context context, LogScope log) {
        Scope current = context.makeCurrent();
        return log.andAtItsEnd(current::close);
    }

    @Override
    public OutgoingRecord stamp(OutgoingRecord record) {
        Context current = Context.current();
        Context sent = Span.fromContext(current).getSpanContext().isValid()
                ? current
                : GroupHeaders.read(record.headers())
                        .map(group -> step(group.runId(), group.step()))
                        .orElse(current);
        Map<String, String> headers = new HashMap<>(record.headers());
        HEADERS.inject(sent, headers, (map, name, value) -> {
            if (map != null) {
                map.put(name, value);
            }
        });
        return new OutgoingRecord(record.topic(), record.deadLetter(), record.key(), headers, record.value());
    }

    @Override
    public Channel observed(Channel channel) {
        return ClientInterceptors.intercept(channel, calls);
    }

    @Override
    public Executor following(String name, Executor executor) {
        Executor logged = Tracing.OFF.following(name, executor);
        return task -> {
            Context asking = Context.current();
            logged.execute(() -> run(name, asking, task));
        };
    }

    private void run(String name, Context asking, Runnable task) {
        Span span = tracer.spanBuilder(name).setParent(asking).startSpan();
        try (Scope _ = span.makeCurrent()) {
            task.run();
        } finally {
            span.end();
        }
    }

    @Override
    public void asked(String runId) {
        Span call = Span.current();
        call.setAttribute("cooper.run", runId);
        SpanBuilder run = tracer.spanBuilder("run")
                .setNoParent()
                .addLink(call.getSpanContext())
                .setAttribute("cooper.run", runId);
        ids.as(TraceName.ofRun(runId), run::startSpan).end();
    }

    @Override
    public void stepEnded(String runId, long step, Passed whole) {
        SpanBuilder span = builder(runId, step, whole).setNoParent().addLink(context(TraceName.ofRun(runId)));
        ids.as(TraceName.ofStep(runId, step), span::startSpan).end(whole.to());
    }

    @Override
    public void partEnded(String runId, long step, Passed part) {
        builder(runId, step, part).setParent(step(runId, step)).startSpan().end(part.to());
    }

    private SpanBuilder builder(String runId, long step, Passed passed) {
        SpanBuilder span = tracer.spanBuilder(passed.name())
                .setStartTimestamp(passed.from())
                .setAttribute("cooper.run", runId)
                .setAttribute("cooper.step", step);
        passed.attributes().forEach((name, value) -> {
            if (value instanceof Number number) {
                span.setAttribute(name, number.doubleValue());
            } else {
                span.setAttribute(name, value.toString());
            }
        });
        return span;
    }

    private record Working(Span span, GroupHeaders group) implements GroupSpan {

        @Override
        public LogScope enter() {
            return within(Context.current().with(span), LogScope.of(group));
        }

        @Override
        public void end(StageResult result) {
            switch (result) {
                case StageResult.Done _ -> outcome("done");
                case StageResult.Failed failed -> {
                    outcome("failed");
                    span.setStatus(StatusCode.ERROR, FailureReasons.tag(failed.reason()));
                }
                case StageResult.PassedAlong passed -> {
                    outcome("passed_along");
                    span.setAttribute("cooper.reason", FailureReasons.tag(passed.reason()));
                }
                case StageResult.DeadLettered letter -> {
                    outcome("dead_letter");
                    span.setStatus(StatusCode.ERROR, letter.detail());
                }
                case StageResult.Dropped dropped -> {
                    outcome("dropped");
                    span.setAttribute("cooper.reason", dropped.why().name().toLowerCase(Locale.ROOT));
                }
                case StageResult.Early _ -> outcome("early");
            }
            span.end();
        }

        private void outcome(String outcome) {
            span.setAttribute("cooper.outcome", outcome);
        }
    }
}
