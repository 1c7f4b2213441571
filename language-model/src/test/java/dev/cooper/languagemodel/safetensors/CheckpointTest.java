package dev.cooper.languagemodel.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.languagemodel.InvalidModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
    private static final String FIRST = "model-00001-of-00002.safetensors";
    private static final String SECOND = "model-00002-of-00002.safetensors";

    @TempDir
    private Path folder;

    @BeforeEach
    void writeTwoParts() throws IOException {
        write(FIRST, Map.of("a", 1f, "c", 3f));
        write(SECOND, Map.of("b", 2f));
        writeIndex("\"a\": \"%s\", \"b\": \"%s\", \"c\": \"%s\"".formatted(FIRST, SECOND, FIRST));
    }

    @Test
    void tensorsOfSeveralFilesAreReadByName() throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            assertThat(checkpoint.names()).containsExactly("a", "b", "c");
            assertThat(checkpoint.read("b").values()).containsExactly(2);
            assertThat(checkpoint.read("c").values()).containsExactly(3);
            assertThat(checkpoint.file("b")).isEqualTo(folder.resolve(SECOND));
            assertThat(checkpoint.info("a")).isEqualTo(new TensorInfo(TensorType.F32, List.of(1L)));
            assertThat(checkpoint.segment("a").byteSize()).isEqualTo(4);
            assertThatThrownBy(() -> checkpoint.read("d"))
                    .hasMessageContaining(Checkpoint.INDEX)
                    .hasMessageContaining("'d'");
        }
    }

    @Test
    void theOneFileIsPreferredAsTransformersDoes() throws IOException {
        write(Checkpoint.SINGLE, Map.of("only", 5f));
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            assertThat(checkpoint.names()).containsExactly("only");
        }
    }

    @Test
    void aFileIsACheckpointToo() throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(folder.resolve(SECOND))) {
            assertThat(checkpoint.names()).containsExactly("b");
        }
    }

    @Test
    void aMissingPartIsNamed() throws IOException {
        Files.delete(folder.resolve(SECOND));
        assertRefused(SECOND + ": file is missing");
    }

    @Test
    void aFolderWithoutWeightsNamesTheFileThatIsUsual() throws IOException {
        Files.delete(folder.resolve(Checkpoint.INDEX));
        assertRefused(Checkpoint.SINGLE + ": file is missing");
    }

    @Test
    void aTensorThatIsNotInItsPartIsNamed() throws IOException {
        write(SECOND, Map.of("other", 2f));
        assertRefused(SECOND + ": has no tensor 'b'");
    }

    @Test
    void aTensorThatTheIndexDoesNotListIsNamed() throws IOException {
        write(SECOND, Map.of("b", 2f, "extra", 2f));
        assertRefused("are there: [extra]");
    }

    @Test
    void aTensorThatIsInTwoPartsIsNamed() throws IOException {
        write(SECOND, Map.of("a", 2f, "b", 2f));
        assertRefused("are there: [a]");
    }

    @Test
    void aTruncatedPartIsNamed() throws IOException {
        byte[] whole = Files.readAllBytes(folder.resolve(SECOND));
        Files.write(folder.resolve(SECOND), Arrays.copyOf(whole, whole.length - 1));
        assertRefused(SECOND + ": is truncated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../elsewhere.safetensors", "/etc/passwd", "model.bin", ""})
    void aPlaceOutsideTheFolderIsRefused(String place) throws IOException {
        writeIndex("\"a\": \"%s\"".formatted(place));
        assertRefused("weight_map.a");
    }

    @Test
    void anIndexWithoutAMapIsRefused() throws IOException {
        Files.writeString(folder.resolve(Checkpoint.INDEX), "{\"metadata\": {}}");
        assertRefused("weight_map");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> Checkpoint.open(folder))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining(message);
    }

    private void write(String name, Map<String, Float> values) throws IOException {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        values.forEach((tensor, value) -> tensors.put(tensor, new Tensor(List.of(1L), new float[] {value})));
        SafetensorsFile.write(folder.resolve(name), tensors, Map.of());
    }

    private void writeIndex(String places) throws IOException {
        Files.writeString(
                folder.resolve(Checkpoint.INDEX),
                "{\"metadata\": {\"total_size\": 12}, \"weight_map\": {%s}}".formatted(places));
    }
}
