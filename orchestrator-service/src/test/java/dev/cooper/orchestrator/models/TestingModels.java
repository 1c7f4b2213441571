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

    private static final String CONFIG = """
            {"architectures": ["Qwen2ForCausalLM"], "vocab_size": 200, "hidden_size": 8, "intermediate_size": 16,
             "num_hidden_layers": 2, "num_attention_heads": 2, "num_key_value_heads": 1,
             "max_position_embeddings": 4096}""";
    private static final String TOKENIZER = """
            {"model": {"vocab": {"a": 0, "b": 199}}, "added_tokens": [{"id": 1, "content": "<end>"}]}""";

    /** A folder with a model whose values depend on the seed; returns its checksum. */
    public static String write(Path folder, int seed) {
        return write(folder, safetensors("F32", seed));
    }

    /** A folder with a model that has a head of this shape. */
    public static String writeReward(Path folder, String shape) {
        return write(folder, safetensors("F32", 0, "score.weight", shape));
    }

    private static String write(Path folder, byte[] safetensors) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("config.json"), CONFIG);
            Files.writeString(folder.resolve("tokenizer.json"), TOKENIZER);
            Files.write(folder.resolve("model.safetensors"), safetensors);
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
        return safetensors(type, seed, "a.weight", "[3]");
    }

    private static byte[] safetensors(String type, int seed, String name, String shape) {
        float[] values = {1, -2, 0.5f, 3 + seed, 0.25f, -1.5f, 2};
        int size = type.equals("F32") ? Float.BYTES : Short.BYTES;
        String header = "{\"__metadata__\": {\"format\": \"pt\"}, \"b\": {\"dtype\": \"" + type
                + "\", \"shape\": [2, 2], \"data_offsets\": [0, " + 4 * size + "]}, \"" + name + "\": {\"dtype\": \""
                + type
                + "\", \"shape\": " + shape + ", \"data_offsets\": [" + 4 * size + ", " + 7 * size + "]}}";
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
