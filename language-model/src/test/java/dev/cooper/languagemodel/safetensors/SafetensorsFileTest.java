package dev.cooper.languagemodel.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.languagemodel.InvalidModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
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
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFileTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("model.safetensors");
    }

    @Test
    void whatIsWrittenIsReadBackBitForBit() throws IOException {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        tensors.put("b", new Tensor(List.of(2L, 2L), new float[] {1, -0.0f, Float.MIN_VALUE, Float.NaN}));
        tensors.put("a", new Tensor(List.of(), new float[] {3}));
        tensors.put("c", new Tensor(List.of(0L), new float[0]));
        SafetensorsFile.write(file, tensors, Map.of("format", "pt"));
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            assertThat(read.names()).containsExactly("a", "b", "c");
            assertThat(read.metadata()).containsEntry("format", "pt");
            assertThat(read.read("b").shape()).containsExactly(2L, 2L);
            assertThat(read.read("b").values()).containsExactly(1, -0.0f, Float.MIN_VALUE, Float.NaN);
            assertThat(read.read("a").values()).containsExactly(3);
            assertThat(read.read("c").values()).isEmpty();
            assertThatThrownBy(() -> read.read("d")).hasMessageContaining("'d'");
        }
        assertThat(folder.toFile().list()).containsExactly("model.safetensors");
    }

    @Test
    void halfPrecisionIsReadToFloat32() throws IOException {
        ByteBuffer data = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        data.putShort((short) (Float.floatToRawIntBits(-1.5f) >>> 16))
                .putShort((short) (Float.floatToRawIntBits(2f) >>> 16));
        data.putShort(Float.floatToFloat16(0.25f)).putShort(Float.floatToFloat16(-65504f));
        write(
                "{\"h\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[4,8]},\"b\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,4]}}",
                data.array());
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            assertThat(read.read("b").values()).containsExactly(-1.5f, 2f);
            assertThat(read.read("h").values()).containsExactly(0.25f, -65504f);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | 4 | truncated",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | 12 | too long",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}} | 8 | needs 12 bytes",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[2,6]}} | 6 | overlap",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | 8 | gaps",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}} | 4 | shape",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296,4],\"data_offsets\":[0,4]}} | 4 | too large",
                "{\"a\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}} | 8 | I64",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}} | 4 | data_offsets",
                "{\"a\":{\"dtype\" | 0 | not JSON",
                "[1, 2] | 0 | no JSON object"
            })
    void aDamagedFileIsAnErrorThatNamesFileAndReason(String header, int dataBytes, String reason) throws IOException {
        write(header, new byte[dataBytes]);
        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("model.safetensors")
                .hasMessageContaining(reason);
    }

    @Test
    void aFileCutAnywhereIsRefused() throws IOException {
        SortedMap<String, Tensor> tensors = new TreeMap<>(Map.of("a", new Tensor(List.of(2L), new float[] {1, 2})));
        SafetensorsFile.write(file, tensors, Map.of());
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> SafetensorsFile.open(file)).isInstanceOf(InvalidModelException.class);
        }
    }

    @Test
    void aFailedWriteLeavesTheOldFile() throws IOException {
        Files.writeString(file, "old");
        assertThatThrownBy(() -> DurableFile.write(file, channel -> {
                    channel.write(ByteBuffer.wrap(new byte[] {1}));
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");
        assertThat(file).hasContent("old");
        assertThat(folder.toFile().list()).containsExactly("model.safetensors");
    }

    @Test
    void aChecksumDependsOnNamesShapesAndBits() {
        String one = checksum("a", List.of(2L), 1, 2);
        assertThat(one).hasSize(64).isEqualTo(checksum("a", List.of(2L), 1, 2));
        assertThat(List.of(
                        checksum("b", List.of(2L), 1, 2),
                        checksum("a", List.of(2L, 1L), 1, 2),
                        checksum("a", List.of(2L), 1, Math.nextUp(2f))))
                .doesNotContain(one)
                .doesNotHaveDuplicates();
    }

    private static String checksum(String name, List<Long> shape, float... values) {
        Checksum checksum = new Checksum();
        checksum.add(name, new Tensor(shape, values));
        return checksum.hex();
    }

    private void write(String header, byte[] data) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(file, bytes.putLong(text.length).put(text).put(data).array());
    }
}
