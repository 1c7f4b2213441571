package dev.cooper.cli.command;

import dev.cooper.cli.client.CooperClient;
import java.net.URI;
import picocli.CommandLine.Option;

/** Which Cooper a command talks to. */
final class ServerOption {
    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "The orchestrator's address (default: ${DEFAULT-VALUE}).")
    private URI server = URI.create("http://127.0.0.1:8080");

    CooperClient client() {
        return new CooperClient(server);
    }
}
