package dev.cooper.cli.experiment;

import dev.cooper.cli.client.CooperClient;
import dev.cooper.cli.local.CannotStartException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code cooper up} as a process of its own: what goes wrong in it, or stays behind of it, is nobody else's. It ends
 * with this process, however this one ends, since its standard input does.
 */
final class ChildPlatform implements AutoCloseable {
    private static final Pattern SERVES = Pattern.compile("Cooper serves at (http://\\S+)");
    private static final Duration STARTUP = Duration.ofMinutes(20);
    private static final Duration SHUTDOWN = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofMillis(200);

    private final Process process;
    private final CooperClient client;

    private ChildPlatform(Process process, URI address) {
        this.process = process;
        this.client = new CooperClient(address);
    }

    /**
     * Starts on a data folder with the options of this JVM, and returns when it serves.
     *
     * @param main the class that the command line begins with
     * @throws CannotStartException with what it said
     */
    static ChildPlatform start(String main, Path data) throws IOException {
        Files.createDirectories(data);
        Path output = data.resolve("up.log");
        Process process = new ProcessBuilder(command(main, data))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            return new ChildPlatform(process, address(process, output));
        } catch (IOException | RuntimeException e) {
            end(process);
            throw e;
        }
    }

    private static List<String> command(String main, Path data) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                // A debugger or profiler of this process cannot be that of another one.
                .filter(option -> !option.startsWith("-agent") && !option.startsWith("-javaagent"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(List.of("up", "--data", data.toString(), "--port", "0", "--attached"));
        return command;
    }

    private static URI address(Process process, Path output) throws IOException {
        long began = System.nanoTime();
        while (true) {
            Optional<URI> address = served(output);
            if (address.isPresent()) {
                return address.get();
            }
            if (!process.isAlive()) {
                throw new CannotStartException(Files.readString(output).strip());
            }
            if (System.nanoTime() - began > STARTUP.toNanos()) {
                throw new CannotStartException(
                        "the platform on " + output.getParent() + " did not start in " + STARTUP.toMinutes() + " min");
            }
            Pause.of(LOOK);
        }
    }

    private static Optional<URI> served(Path output) throws IOException {
        Matcher found = SERVES.matcher(Files.readString(output));
        return found.find() ? Optional.of(URI.create(found.group(1))) : Optional.empty();
    }

    CooperClient client() {
        return client;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Stops it as Ctrl-C would; if it does not stop, kills it. What it keeps survives both. */
    @Override
    public void close() {
        end(process);
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(SHUTDOWN.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
