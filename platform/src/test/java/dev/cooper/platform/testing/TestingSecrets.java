package dev.cooper.platform.testing;

import dev.cooper.platform.line.RecordSeal;
import dev.cooper.platform.rpc.Channels;
import dev.cooper.platform.security.ServiceToken;
import io.grpc.InsecureChannelCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a service under test and its test know, and nobody else. */
public final class TestingSecrets {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private TestingSecrets() {}

    /** Settings of a service, {@code name=value}. */
    public static List<String> settings() {
        try {
            Path file = Files.writeString(Files.createTempFile("testing", ".secret"), SECRET);
            file.toFile().deleteOnExit();
            return List.of("cooper.security.record-key-file=" + file, "cooper.security.service-token-file=" + file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What records are signed with. */
    public static RecordSeal seal() {
        return RecordSeal.of(SECRET.getBytes(StandardCharsets.UTF_8));
    }

    /** Channels whose calls the service answers. */
    public static Channels channels() {
        return new Channels(InsecureChannelCredentials.create(), new ServiceToken(Optional.of(SECRET)));
    }
}
