package dev.cooper.orchestrator.models;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.JsonNodeException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a safetensors file says of itself: 8 bytes with the header's length, and the header (JSON: name → type, shape,
 * byte range); the data stand behind it. All little-endian.
 */
public record TensorIndex(SortedMap<String, Entry> tensors) {

    private static final int LONGEST_HEADER = 100_000_000;

    /**
     * A tensor.
     *
     * @param begin of its data in the file
     * @param end of its data in the file, exclusive
     */
    public record Entry(String type, List<Long> shape, long begin, long end) {
        public Entry {
            shape = List.copyOf(shape);
        }

        public long count() {
            return shape.stream().reduce(1L, Math::multiplyExact);
        }
    }

    public TensorIndex {
        tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
    }

    /**
     * Reads the header.
     *
     * @throws IOException when the file is missing, truncated or not of this format
     */
    public static TensorIndex of(Path safetensors) throws IOException {
        try (FileChannel file = FileChannel.open(safetensors, StandardOpenOption.READ)) {
            return of(file);
        }
    }

    static TensorIndex of(FileChannel file) throws IOException {
        if (file.size() < Long.BYTES) {
            throw new IOException("is truncated: it has " + file.size() + " bytes");
        }
        long length = read(file, 0, Long.BYTES).getLong();
        if (length <= 0 || length > Math.min(LONGEST_HEADER, file.size() - Long.BYTES)) {
            throw new IOException("is no safetensors file, or is truncated");
        }
        long data = Long.BYTES + length;
        SortedMap<String, Entry> tensors = new TreeMap<>();
        try {
            JsonNode header = JsonMapper.shared()
                    .readTree(read(file, Long.BYTES, (int) length).array());
            header.properties().forEach(tensor -> {
                if (!tensor.getKey().equals("__metadata__")) {
                    tensors.put(tensor.getKey(), entry(tensor.getValue(), data));
                }
            });
        } catch (JsonNodeException e) {
            throw new IOException("has a header that describes no tensors: " + e.getOriginalMessage(), e);
        } catch (JacksonException e) {
            throw new IOException("has a header that is no JSON: " + e.getOriginalMessage(), e);
        }
        for (Entry tensor : tensors.values()) {
            if (tensor.begin() > tensor.end() || tensor.end() > file.size()) {
                throw new IOException(
                        "is truncated: it has " + file.size() + " bytes, and a tensor up to byte " + tensor.end());
            }
        }
        return new TensorIndex(tensors);
    }

    private static Entry entry(JsonNode tensor, long data) {
        List<Long> shape =
                tensor.required("shape").valueStream().map(JsonNode::longValue).toList();
        JsonNode range = tensor.required("data_offsets");
        return new Entry(
                tensor.required("dtype").stringValue(),
                shape,
                data + range.required(0).longValue(),
                data + range.required(1).longValue());
    }

    /** Exactly these bytes. */
    static ByteBuffer read(FileChannel file, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, at + bytes.position()) < 0) {
                throw new IOException("is truncated: it ends before byte " + (at + length));
            }
        }
        return bytes.flip();
    }
}
