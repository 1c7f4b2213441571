package dev.cooper.orchestrator.models;

import dev.cooper.proto.v1.ModelRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Model folders such as trainers write them, with two small tensors. */
public final class TestingModels {

    private TestingModels() {}

    /** A folder with a model whose values depend on the seed. */
    public static String write(Path folder, int seed) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("config.json"), "{}");
            Files.writeString(folder.resolve("tokenizer.json"), "{}");
            Files.write(folder.resolve("model.safetensors"), safetensors("F32", seed));
            return TensorChecksum.of(folder.resolve("model.safetensors"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ModelRef version(long number, String checksum) {
        return ModelRef.newBuilder().setNumber(number).setChecksum(checksum).build();
    }

    /**
     * Tensors {@code a.weight} of 0.25, -1.5, 2 and {@code b} of 1, -2, 0.5, 3; the seed is added to the last value.
     */
    static byte[] safetensors(String type, int seed) {
        float[] values = {1, -2, 0.5f, 3 + seed, 0.25f, -1.5f, 2};
        int size = type.equals("F32") ? Float.BYTES : Short.BYTES;
        String header = "{\"__metadata__\": {\"format\": \"pt\"}, \"b\": {\"dtype\": \"" + type
                + "\", \"shape\": [2, 2], \"data_offsets\": [0, " + 4 * size + "]}, \"a.weight\": {\"dtype\": \"" + type
                + "\", \"shape\": [3], \"data_offsets\": [" + 4 * size + ", " + 7 * size + "]}}";
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes =
                ByteBuffer.allocate(Long.BYTES + text.length + 7 * size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(text.length).put(text);
        for (float value : values) {
            switch (type) {
                case "F32" -> bytes.putFloat(value);
                case "F16" -> bytes.putShort(Float.floatToFloat16(value));
                default -> bytes.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
            }
        }
        return bytes.array();
    }
}
