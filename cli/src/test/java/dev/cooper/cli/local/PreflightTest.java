package dev.cooper.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PreflightTest {

    @Test
    void aPortInUseIsNamedWithTheOptionThatChangesIt() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Preflight.checkPort(taken.getLocalPort()))
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()))
                    .hasMessageContaining("--port");
        }
    }

    @Test
    void tooLittleDiskNamesBothFigures() {
        assertThatThrownBy(() -> Preflight.checkDisk(Path.of("/somewhere"), 1L << 30))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("1.0 GiB")
                .hasMessageContaining("2.0 GiB")
                .hasMessageContaining("/somewhere");
    }

    @Test
    void tooLittleMemoryNamesBothFigures() {
        assertThatThrownBy(() -> Preflight.checkMemory(512L << 20))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("0.5 GiB")
                .hasMessageContaining("2.0 GiB");
    }

    @Test
    void enoughIsEnough() {
        assertThatCode(() -> {
                    Preflight.checkDisk(Path.of("/"), Preflight.DISK_NEEDED);
                    Preflight.checkMemory(Preflight.MEMORY_NEEDED);
                    Preflight.checkPort(0);
                })
                .doesNotThrowAnyException();
        assertThat(Preflight.availableMemory()).isPositive();
    }

    @Test
    void anotherSystemIsToldWhatIsNeeded() {
        assertThatThrownBy(() -> Preflight.checkSystem("Windows 11", "amd64"))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("Linux on x86-64");
    }
}
