package dev.cooper.cli.local;

import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** One of the services, as a Spring Boot application among others in this JVM. */
final class ServiceContext implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    private ServiceContext(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * @param name the base name of the service's settings file
     * @param settings win over those of the file
     * @throws CannotStartException with the innermost reason; the log has the rest
     */
    static ServiceContext start(String name, Class<?> application, Map<String, String> settings) {
        String[] arguments = Stream.concat(
                        Stream.of("--spring.config.name=" + name),
                        settings.entrySet().stream().map(entry -> "--" + entry.getKey() + "=" + entry.getValue()))
                .toArray(String[]::new);
        try {
            return new ServiceContext(new SpringApplicationBuilder(application)
                    .bannerMode(Banner.Mode.OFF)
                    .logStartupInfo(false)
                    .registerShutdownHook(false)
                    .run(arguments));
        } catch (RuntimeException e) {
            throw new CannotStartException(
                    "the " + name + " does not start: " + innermost(e)
                            + " (more in logs/cooper.log of the data folder)",
                    e);
        }
    }

    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    int httpPort() {
        return port("local.server.port");
    }

    int grpcPort() {
        return port("local.grpc.server.port");
    }

    private int port(String property) {
        return context.getEnvironment().getRequiredProperty(property, Integer.class);
    }

    @Override
    public void close() {
        context.close();
    }
}
