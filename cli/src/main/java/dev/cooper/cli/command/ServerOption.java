package dev.cooper.cli.command;

import dev.cooper.cli.client.CooperClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Cooper a command talks to, and as whom. */
final class ServerOption {
    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "The orchestrator's address (default: ${DEFAULT-VALUE}).")
    private URI server = URI.create("http://127.0.0.1:8080");

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file that holds the token to show; else the environment's COOPER_TOKEN_FILE names it, or"
                    + " COOPER_TOKEN is the token. A Cooper that \"cooper up\" started asks for none.")
    private @Nullable Path tokenFile;

    CooperClient client() {
        return new CooperClient(server, token(tokenFile, System.getenv()));
    }

    static Optional<String> token(@Nullable Path file, Map<String, String> environment) {
        String named = environment.getOrDefault("COOPER_TOKEN_FILE", "");
        Path from = file != null || named.isBlank() ? file : Path.of(named);
        String token = from == null ? environment.getOrDefault("COOPER_TOKEN", "") : read(from);
        if (token.isBlank() && from != null) {
            throw new IllegalArgumentException("the token file " + from + " is empty");
        }
        // Others than these would not be a header's value.
        if (!token.strip().matches("[\\x21-\\x7e]*")) {
            throw new IllegalArgumentException(
                    "the token must be one word of ASCII" + (from == null ? "" : ", and " + from + " is not"));
        }
        return token.isBlank() ? Optional.empty() : Optional.of(token.strip());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("the token file " + file + " cannot be read: " + e, e);
        }
    }
}
