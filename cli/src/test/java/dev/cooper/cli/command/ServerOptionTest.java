package dev.cooper.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerOptionTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void tokenComesFromTheFileNamedThenFromTheEnvironment() throws IOException {
        Path first = Files.writeString(folder.resolve("first"), "one\n");
        Path second = Files.writeString(folder.resolve("second"), "two");
        Map<String, String> environment = Map.of("COOPER_TOKEN_FILE", second.toString(), "COOPER_TOKEN", "three");

        assertThat(ServerOption.token(first, environment)).contains("one");
        assertThat(ServerOption.token(null, environment)).contains("two");
        assertThat(ServerOption.token(null, Map.of("COOPER_TOKEN", "three"))).contains("three");
        assertThat(ServerOption.token(null, Map.of())).isEmpty();
    }

    @Test
    void whatIsNoTokenIsNotSent() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        Path two = Files.writeString(folder.resolve("two"), "anna viewer secret");

        assertThatThrownBy(() -> ServerOption.token(empty, Map.of())).hasMessageContaining("is empty");
        assertThatThrownBy(() -> ServerOption.token(two, Map.of()))
                .hasMessageContaining("one word")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    }
}
