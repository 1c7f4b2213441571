package dev.cooper.platform.service;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportSelector;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.core.type.AnnotationMetadata;

/** Picks the auto-configurations of a service: the common ones, and those that its {@link CooperService} names. */
final class ServiceAutoConfigurations extends AutoConfigurationImportSelector {

    /** What every service needs: the web server, JSON, health, metrics, gRPC, Spring Cloud Stream. */
    private static final List<String> COMMON = List.of(
            "dev.cooper.platform",
            "org.springframework.boot.actuate",
            "org.springframework.boot.autoconfigure",
            "org.springframework.boot.grpc.server",
            "org.springframework.boot.health",
            "org.springframework.boot.http.converter",
            "org.springframework.boot.integration",
            "org.springframework.boot.jackson",
            "org.springframework.boot.micrometer",
            "org.springframework.boot.opentelemetry",
            "org.springframework.boot.servlet",
            "org.springframework.boot.tomcat",
            "org.springframework.boot.validation",
            "org.springframework.boot.webmvc",
            "org.springframework.cloud.function",
            "org.springframework.cloud.stream");

    /** Services show one another a token of their own; Spring Security is here for REST. */
    private static final String NOT_WANTED = "org.springframework.boot.grpc.server.autoconfigure.security.";

    @Override
    protected Class<?> getAnnotationClass() {
        return CooperService.class;
    }

    @Override
    protected List<String> getCandidateConfigurations(
            AnnotationMetadata metadata, @Nullable AnnotationAttributes attributes) {
        String[] own = attributes == null ? new String[0] : attributes.getStringArray("autoConfigurations");
        List<String> packages = Stream.concat(COMMON.stream(), Stream.of(own)).toList();
        List<String> candidates = new ArrayList<>(super.getCandidateConfigurations(metadata, attributes));
        candidates.removeIf(name ->
                packages.stream().noneMatch(prefix -> name.startsWith(prefix + ".")) || name.startsWith(NOT_WANTED));
        return candidates;
    }
}
