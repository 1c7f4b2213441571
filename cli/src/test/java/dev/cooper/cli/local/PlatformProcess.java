package dev.cooper.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.cli.Cooper;
import dev.cooper.cli.client.CooperClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** "cooper up" as a process of its own. */
final class PlatformProcess implements AutoCloseable {
    private static final Pattern SERVES = Pattern.compile("Cooper serves at (http://\\S+)");

    private final Process process;
    private final URI address;

    private PlatformProcess(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    static Process launch(Path data, int port, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("-Xmx1g"));
        all.addAll(List.of(options));
        return JavaProcess.of(
                        Cooper.class, all, List.of("up", "--data", data.toString(), "--port", Integer.toString(port)))
                .start();
    }

    /** Returns when it serves. */
    static PlatformProcess start(Path data) throws IOException {
        List<String> said = new ArrayList<>();
        return startMortal(data, said)
                .orElseThrow(() -> new AssertionError("the platform did not start: " + String.join("\n", said)));
    }

    /**
     * Returns when it serves; empty when it died before.
     *
     * @param said gets what it wrote
     * @param options of its JVM
     */
    static Optional<PlatformProcess> startMortal(Path data, List<String> said, String... options) throws IOException {
        Process process = launch(data, 0, options);
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.add(line);
            Matcher serves = SERVES.matcher(line);
            if (serves.find()) {
                return Optional.of(new PlatformProcess(process, URI.create(serves.group(1))));
            }
        }
        return Optional.empty();
    }

    CooperClient client() {
        return new CooperClient(address);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL: nothing is closed, nothing is flushed. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM, as Ctrl-C does it. */
    void terminate() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as("ends when told to")
                .isTrue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
