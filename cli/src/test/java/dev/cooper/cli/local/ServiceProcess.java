package dev.cooper.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One service as a process of its own, which keeps its ports and its name when it is started again. */
final class ServiceProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final int OK = 200;

    private final Service service;
    private final Path log;
    private final Map<String, String> settings;
    private final HttpClient http = HttpClient.newHttpClient();
    private final int httpPort = freePort();
    private final int grpcPort = freePort();
    private @Nullable Process process;

    /**
     * A process that is not started yet.
     *
     * @param log gets what it writes
     * @param settings beside its ports
     */
    ServiceProcess(Service service, Path log, Map<String, String> settings) {
        this.service = service;
        this.log = log;
        this.settings = settings;
    }

    /** Starts it, and does not wait until it serves. */
    void launch() throws IOException {
        List<String> arguments = Stream.concat(
                        Stream.of(
                                "--spring.config.name=" + service.title(),
                                "--server.port=" + httpPort,
                                "--spring.grpc.server.port=" + grpcPort),
                        settings.entrySet().stream().map(entry -> "--" + entry.getKey() + "=" + entry.getValue()))
                .toList();
        process = JavaProcess.of(service.main(), List.of("-Xmx512m"), arguments)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** Returns when it is ready. */
    void awaitReady() throws IOException, InterruptedException {
        Instant patience = Instant.now().plus(PATIENCE);
        while (!isReady()) {
            assertThat(Instant.now()).as(() -> said()).isBefore(patience);
            assertThat(running().isAlive()).as(() -> said()).isTrue();
            Thread.sleep(LOOK);
        }
    }

    private boolean isReady() throws IOException, InterruptedException {
        try {
            URI readiness = address().resolve("/actuator/health/readiness");
            return http.send(HttpRequest.newBuilder(readiness).build(), BodyHandlers.discarding())
                            .statusCode()
                    == OK;
        } catch (ConnectException _) {
            return false;
        }
    }

    private String said() {
        try {
            return service.title() + ": " + Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process running() {
        return Objects.requireNonNull(process, () -> service.title() + " was not started");
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + httpPort);
    }

    String grpcAddress() {
        return "127.0.0.1:" + grpcPort;
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        running().destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroy();
            try {
                if (!process.waitFor(20, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
