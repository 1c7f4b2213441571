package dev.cooper.languagemodel.parity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A safetensors file, read apart from the code under test. */
final class ExpectedTensors {
    private final ByteBuffer bytes;
    private final JsonNode header;
    private final int dataStart;

    ExpectedTensors(Path file) throws IOException {
        bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int headerSize = Math.toIntExact(bytes.getLong(0));
        dataStart = Long.BYTES + headerSize;
        header = new JsonMapper().readTree(new String(bytes.array(), Long.BYTES, headerSize, StandardCharsets.UTF_8));
    }

    Set<String> names() {
        Set<String> names = new TreeSet<>(header.propertyNames());
        names.remove("__metadata__");
        return names;
    }

    /** Type, as the header writes it. */
    String type(String name) {
        return header.required(name).required("dtype").asString();
    }

    long[] shape(String name) {
        return StreamSupport.stream(header.required(name).required("shape").spliterator(), false)
                .mapToLong(JsonNode::asLong)
                .toArray();
    }

    /** The tensor's data as it is stored. */
    byte[] bytes(String name) {
        JsonNode range = header.required(name).required("data_offsets");
        byte[] copy = new byte[range.get(1).asInt() - range.get(0).asInt()];
        bytes.get(dataStart + range.get(0).asInt(), copy);
        return copy;
    }

    /** The values of a float32 tensor. */
    float[] values(String name) {
        if (!type(name).equals("F32")) {
            throw new IllegalArgumentException(name + " is of type " + type(name));
        }
        byte[] data = bytes(name);
        float[] values = new float[data.length / Float.BYTES];
        ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }
}
