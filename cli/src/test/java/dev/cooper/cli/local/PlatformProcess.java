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

    static Process launch(Path data, int port) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx1g",
                        "-XX:+UseSerialGC",
                        "-Dai.djl.offline=true",
                        // As many as the processes that are compared: the sums of a product depend on it.
                        "-Dai.djl.pytorch.num_threads=1",
                        "-Dai.djl.pytorch.num_interop_threads=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Cooper.class.getName(),
                        "up",
                        "--data",
                        data.toString(),
                        "--port",
                        Integer.toString(port))
                .redirectErrorStream(true)
                .start();
    }

    /** Returns when it serves. */
    static PlatformProcess start(Path data) throws IOException {
        Process process = launch(data, 0);
        BufferedReader output = process.inputReader();
        List<String> said = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.add(line);
            Matcher serves = SERVES.matcher(line);
            if (serves.find()) {
                return new PlatformProcess(process, URI.create(serves.group(1)));
            }
        }
        throw new AssertionError("the platform did not start: " + String.join("\n", said));
    }

    CooperClient client() {
        return new CooperClient(address);
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
