package dev.cooper.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    private Path temp = Path.of("");

    @Test
    void aFolderInUseNamesItselfAndItsHolder() throws IOException {
        Path root = temp.resolve("data");
        try (DataFolder first = DataFolder.take(root)) {
            assertThat(first.root()).isEqualTo(root);
            assertThatThrownBy(() -> DataFolder.take(root))
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageContaining(root.toString())
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void aFolderThatWasGivenBackCanBeTakenAgain() throws IOException {
        DataFolder.take(temp).close();

        try (DataFolder again = DataFolder.take(temp)) {
            assertThat(again.root()).isEqualTo(temp);
        }
    }

    @Test
    void aFileInPlaceOfTheFolderIsRefusedByName() throws IOException {
        Path file = Files.writeString(temp.resolve("taken"), "not a folder");

        assertThatThrownBy(() -> DataFolder.take(file))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("--data");
    }

    @Test
    void clearingRemovesEverythingButTheLock() throws IOException {
        try (DataFolder folder = DataFolder.take(temp)) {
            Files.createDirectories(folder.storage().resolve("weights"));
            Files.writeString(folder.storage().resolve("weights").resolve("model"), "bytes");

            folder.clear();

            assertThat(folder.storage()).doesNotExist();
            assertThatThrownBy(() -> DataFolder.take(temp)).isInstanceOf(CannotStartException.class);
        }
    }
}
