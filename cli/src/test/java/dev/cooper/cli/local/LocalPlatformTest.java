package dev.cooper.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPlatformTest {
    private static final int CANNOT_START = 3;

    @TempDir
    private Path temp = Path.of("");

    @Test
    void servesUntilToldToStopAndLeavesNothingRunning() throws Exception {
        Path data = temp.resolve("data");
        try (PlatformProcess platform = PlatformProcess.start(data)) {
            assertThat(platform.client().runs()).isEmpty();
            assertThat(EmbeddedDatabase.postmaster(data.resolve("postgres"))).isPresent();

            Process second = PlatformProcess.launch(data, 0);
            assertThat(second.inputReader().lines().toList())
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains(data.toString())
                    .contains("--data");
            assertThat(second.waitFor()).isEqualTo(CANNOT_START);

            platform.terminate();

            assertThat(EmbeddedDatabase.postmaster(data.resolve("postgres"))).isEmpty();
            assertThat(data.resolve("kafka/data/.kafka_cleanshutdown")).exists();
        }
    }

    @Test
    void aPortInUseIsToldBeforeAnythingStarts() throws Exception {
        Path data = temp.resolve("data");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process process = PlatformProcess.launch(data, taken.getLocalPort());

            assertThat(process.inputReader().lines().toList())
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("port " + taken.getLocalPort());
            assertThat(process.waitFor()).isEqualTo(CANNOT_START);
            try (Stream<Path> made = Files.list(data)) {
                assertThat(made).as("nothing but the lock").hasSize(1);
            }
        }
    }
}
