package dev.cooper.platform.service;

import dev.cooper.platform.security.SecuritySettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/**
 * Puts {@code cooper-defaults.yml} below all other settings. The lowest place is that of Spring's default properties,
 * so it goes among them; those that the program itself gives there still win.
 */
final class CooperDefaults implements EnvironmentPostProcessor, Ordered {

    private static final String FILE = "cooper-defaults.yml";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Map<String, Object> defaults = new HashMap<>();
        load().forEach(source -> copy(source, defaults));
        addDerived(environment, defaults);
        MutablePropertySources sources = environment.getPropertySources();
        PropertySource<?> given = sources.remove(DefaultPropertiesPropertySource.NAME);
        if (given != null) {
            copy(given, defaults);
        }
        sources.addLast(new DefaultPropertiesPropertySource(defaults));
    }

    /** What Spring is to do follows from what the settings of Cooper say. */
    private static void addDerived(ConfigurableEnvironment environment, Map<String, Object> defaults) {
        String bundle = environment.getProperty(SecuritySettings.TLS_BUNDLE, "");
        if (!bundle.isBlank()) {
            defaults.put("spring.grpc.server.ssl.bundle", bundle);
            defaults.put("spring.grpc.server.ssl.client-auth", "require");
        }
        boolean asksForTokens = Stream.of(
                        SecuritySettings.TOKENS_FILE, "cooper.security.jwt.issuer", "cooper.security.jwt.jwk-set-uri")
                .anyMatch(name -> !environment.getProperty(name, "").isBlank());
        if (asksForTokens) {
            // These two are for whoever asks, and say no more than yes or no.
            defaults.put("management.endpoint.health.group.liveness.show-details", "never");
            defaults.put("management.endpoint.health.group.readiness.show-details", "never");
        }
    }

    private static List<PropertySource<?>> load() {
        try {
            return new YamlPropertySourceLoader().load(FILE, new ClassPathResource(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " of the platform cannot be read", e);
        }
    }

    private static void copy(PropertySource<?> source, Map<String, Object> target) {
        if (source instanceof EnumerablePropertySource<?> enumerable) {
            for (String name : enumerable.getPropertyNames()) {
                Object value = source.getProperty(name);
                if (value != null) {
                    target.put(name, value);
                }
            }
        }
    }

    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 10;
    }
}
