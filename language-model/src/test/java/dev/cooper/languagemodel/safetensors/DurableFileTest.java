package dev.cooper.languagemodel.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {

    @TempDir
    Path folder;

    @Test
    void aFileHasTheRightsThatTheProcessGivesItsFiles() throws IOException {
        assumeTrue(
                folder.getFileSystem().supportedFileAttributeViews().contains("posix"),
                "needs a file system with POSIX rights");
        Path plain = Files.createFile(folder.resolve("plain"));

        DurableFile.write(folder.resolve("durable"), "text");

        assertThat(Files.getPosixFilePermissions(folder.resolve("durable")))
                .isEqualTo(Files.getPosixFilePermissions(plain));
    }

    @Test
    void aFileIsReplacedWhole() throws IOException {
        Path file = folder.resolve("file");
        DurableFile.write(file, "a longer text than the other");
        DurableFile.write(file, "other");

        assertThat(file).hasContent("other");
        assertThat(names()).containsExactly("file");
    }

    @Test
    void aWriteThatFailsLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = folder.resolve("file");
        DurableFile.write(file, "old");

        assertThatThrownBy(() -> DurableFile.write(file, _ -> {
                    throw new IOException("no space");
                }))
                .hasMessage("no space");
        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("file");
    }

    @Test
    void aNameThatACrashLeftBehindIsPassedOver() throws IOException {
        long process = ProcessHandle.current().pid();
        for (int next = 1; next < 1_000; next++) {
            Files.createFile(folder.resolve(".file.%d-%d.partial".formatted(process, next)));
        }

        DurableFile.write(folder.resolve("file"), "text");

        assertThat(folder.resolve("file")).hasContent("text");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
