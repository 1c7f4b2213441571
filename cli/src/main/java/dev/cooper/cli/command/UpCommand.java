package dev.cooper.cli.command;

import dev.cooper.cli.local.LocalPlatform;
import dev.cooper.cli.local.LocalSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the local platform and serves until it is told to stop. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Start broker, database and all services on this machine and keep serving on 127.0.0.1."
                + " Ctrl-C stops them; the next start goes on with the same data.")
public final class UpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data folder (default: .cooper/local of the checkout).")
    private @Nullable Path data;

    @Option(
            names = "--port",
            defaultValue = "" + LocalSettings.DEFAULT_HTTP_PORT,
            description = "HTTP port of the orchestrator, 0 for any (default: ${DEFAULT-VALUE}).")
    private int port = LocalSettings.DEFAULT_HTTP_PORT;

    @Option(
            names = "--attached",
            hidden = true,
            description = "End when the standard input does: for a program that starts this one and may be killed.")
    private boolean attached;

    @Override
    public Integer call() throws InterruptedException, IOException {
        PrintWriter out = spec.commandLine().getOut();
        Path folder = data == null ? Places.data().resolve("local") : data;
        LocalSettings settings = new LocalSettings(folder, LocalSettings.defaultCacheFolder(), port, false);
        try (LocalPlatform platform = LocalPlatform.start(settings, part -> say(out, "starting: " + part))) {
            new TreeMap<>(platform.services())
                    .forEach((service, address) ->
                            say(out, "metrics of the " + service + ": " + address + "/actuator/prometheus"));
            say(out, "jobs: " + platform.jobs() + "/api/v1/annotations and /api/v1/reward-trainings");
            say(out, "data: " + platform.dataFolder() + "   log: " + platform.logFile());
            say(out, "Cooper serves at " + platform.address() + " (REST under /api/v1, described at /swagger-ui.html)");
            if (attached) {
                System.in.transferTo(OutputStream.nullOutputStream());
                return 0;
            }
            say(out, "Ctrl-C stops it.");
            // The platform's own exit hook closes it when the JVM is told to end.
            new CountDownLatch(1).await();
        }
        return 0;
    }

    private static void say(PrintWriter out, String text) {
        out.println(text);
        out.flush();
    }
}
