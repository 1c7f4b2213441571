package dev.cooper.languagemodel.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.languagemodel.InvalidModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
import org.junit.jupiter.params.provider.EnumSource;

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

    @Test
    void aTensorIsWrittenInTheTypeThatIsAskedForAndItsBytesAreHandedOut() throws IOException {
        float[] values = {1, -1.5f, 0.333333f, 1.0009766f, 1 + 1 / 256f, 1 + 3 / 256f, 65504, Float.MIN_VALUE};
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        tensors.put("full", new Tensor(List.of(2L, 4L), values));
        tensors.put("half", new Tensor(List.of(8L), values));
        tensors.put("upper", new Tensor(List.of(8L), values));
        SafetensorsFile.write(
                file,
                tensors,
                name -> switch (name) {
                    case "half" -> TensorType.F16;
                    case "upper" -> TensorType.BF16;
                    default -> TensorType.F32;
                },
                Map.of());
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            assertThat(read.type("half")).isEqualTo(TensorType.F16);
            assertThat(read.info("full")).isEqualTo(new TensorInfo(TensorType.F32, List.of(2L, 4L)));
            assertThat(read.segment("full").byteSize()).isEqualTo(32);
            assertThat(read.segment("upper").byteSize()).isEqualTo(16);
            assertThat(read.segment("upper").isReadOnly()).isTrue();
            assertThat(read.read("full").values()).isEqualTo(values);
            // From the middle between two neighbours to the even one: down from 1 + 1/256, up from 1 + 3/256.
            assertThat(read.read("upper").values()).containsExactly(1, -1.5f, 0.33398438f, 1, 1, 1.015625f, 65536, 0);
            assertThat(read.read("half").values())
                    .containsExactly(1, -1.5f, 0.33325195f, 1.0009766f, 1.0039062f, 1.0117188f, 65504, 0);
            assertThat(read.values("half").part(1, 2)).containsExactly(-1.5f, 0.33325195f);
        }
    }

    @Test
    void everyHalfPrecisionValueIsWrittenAsItWasRead() throws IOException {
        ByteBuffer data = ByteBuffer.allocate(4 * 65536).order(ByteOrder.LITTLE_ENDIAN);
        for (int type = 0; type < 2; type++) {
            for (int bits = 0; bits < 65536; bits++) {
                boolean finite = type == 0 ? (bits & 0x7C00) != 0x7C00 : (bits & 0x7F80) != 0x7F80;
                data.putShort((short) (finite ? bits : 0));
            }
        }
        write(
                "{\"b\":{\"dtype\":\"BF16\",\"shape\":[65536],\"data_offsets\":[131072,262144]},\"h\":{\"dtype\":\"F16\",\"shape\":[65536],\"data_offsets\":[0,131072]}}",
                data.array());
        Path copy = folder.resolve("copy.safetensors");
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            read.requireFinite("b");
            read.requireFinite("h");
            SortedMap<String, TensorValues> values = new TreeMap<>();
            read.names().forEach(name -> values.put(name, read.values(name)));
            SafetensorsFile.write(copy, values, read::type, Map.of());
            try (SafetensorsFile again = SafetensorsFile.open(copy)) {
                assertThat(again.segment("h").mismatch(read.segment("h"))).isEqualTo(-1);
                assertThat(again.segment("b").mismatch(read.segment("b"))).isEqualTo(-1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TensorType.class)
    void aValueThatIsNotFiniteIsFoundWhereverItIs(TensorType type) throws IOException {
        for (int length : new int[] {1, 2, 3, 4, 5, 9, 11}) {
            for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
                for (int place = 0; place < length; place++) {
                    float[] values = new float[length];
                    Arrays.fill(values, -65504);
                    values[place] = bad;
                    SortedMap<String, Tensor> tensors =
                            new TreeMap<>(Map.of("a", new Tensor(List.of((long) length), values)));
                    SafetensorsFile.write(file, tensors, _ -> type, Map.of());
                    try (SafetensorsFile read = SafetensorsFile.open(file)) {
                        assertThatThrownBy(() -> read.requireFinite("a"))
                                .isInstanceOf(InvalidModelException.class)
                                .hasMessageContaining("model.safetensors: tensor 'a' holds " + bad);
                    }
                }
            }
        }
    }

    @Test
    void aValueBeyondItsTypeIsRefusedAndTheOldFileStays() throws IOException {
        Files.writeString(file, "old");
        SortedMap<String, Tensor> tensors =
                new TreeMap<>(Map.of("a", new Tensor(List.of(2L), new float[] {1, 70_000})));
        assertThatThrownBy(() -> SafetensorsFile.write(file, tensors, _ -> TensorType.F16, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'a' holds 70000.0")
                .hasMessageContaining("float16");
        assertThat(file).hasContent("old");
    }

    /** The file has holes, so that it takes no room. */
    @Test
    void aFileAndATensorBeyondTwoGibibytesAreReadByParts() throws IOException {
        long count = 2_500_000_000L;
        byte[] header =
                "{\"a\":{\"dtype\":\"BF16\",\"shape\":[2500000000],\"data_offsets\":[0,5000000000]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[5000000000,5000000004]}}"
                        .getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer begin = ByteBuffer.allocate(8 + header.length).order(ByteOrder.LITTLE_ENDIAN);
            channel.write(begin.putLong(header.length).put(header).flip(), 0);
            ByteBuffer end = ByteBuffer.allocate(6).order(ByteOrder.LITTLE_ENDIAN);
            channel.write(end.putShort((short) 0x3F80).putFloat(2.5f).flip(), 8 + header.length + 2 * (count - 1));
        }
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            assertThat(read.info("a").count()).isEqualTo(count);
            assertThat(read.segment("a").byteSize()).isEqualTo(2 * count);
            assertThat(read.values("a").part(count - 2, 2)).containsExactly(0, 1);
            assertThat(read.read("b").values()).containsExactly(2.5f);
            assertThatThrownBy(() -> read.read("a"))
                    .hasMessageContaining("tensor 'a'")
                    .hasMessageContaining("larger than an array");
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
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | 8 | not JSON",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}} | 4 | shape",
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
