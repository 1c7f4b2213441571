package dev.cooper.platform.tracing;

import io.micrometer.core.instrument.binder.grpc.ObservationGrpcClientInterceptor;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.exporter.SpanExportingPredicate;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SdkTracerProviderBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Traces, when {@code management.tracing.export.enabled} says so. */
@Configuration(proxyBeanMethods = false)
public class TracingConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBooleanProperty(
            name = "management.tracing.export.enabled",
            havingValue = false,
            matchIfMissing = true)
    Tracing noTracing() {
        return Tracing.OFF;
    }

    /**
     * In the place of the one that Spring Boot makes when OpenTelemetry is disabled: that one exports nothing and yet
     * makes a span, with ids and sampled, for each request, call and query.
     */
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBooleanProperty(
            name = "management.tracing.export.enabled",
            havingValue = false,
            matchIfMissing = true)
    OpenTelemetry noSpans() {
        return OpenTelemetry.noop();
    }

    /** Only made when traces are on. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty("management.tracing.export.enabled")
    static class On {

        @Bean
        NamedIds namedIds() {
            return new NamedIds();
        }

        @Bean
        SdkTracerProviderBuilderCustomizer stepsHaveNames(NamedIds ids) {
            return provider -> provider.setIdGenerator(ids);
        }

        @Bean
        Tracing tracing(Tracer tracer, Sampler sampler, NamedIds ids, ObservationRegistry observations) {
            return new OpenTelemetryTracing(tracer, sampler, ids, new ObservationGrpcClientInterceptor(observations));
        }

        /** Whoever asks for health and metrics does so every few seconds, and is no part of any run. */
        @Bean
        SpanExportingPredicate noProbes() {
            return span -> !span.getTags().getOrDefault("uri", "").startsWith("/actuator")
                    && !span.getName().startsWith("grpc.health");
        }
    }
}
