package dev.cooper.languagemodel.safetensors;

import dev.cooper.languagemodel.InvalidModelException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The header of a safetensors file. */
record SafetensorsHeader(long dataStart, SortedMap<String, Entry> tensors, Map<String, String> metadata) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();
    private static final String METADATA = "__metadata__";
    private static final long MAX_HEADER = 100_000_000; // the limit of the format's reference implementation
    private static final ValueLayout.OfLong LENGTH = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Where a tensor lies in the data, in bytes, end exclusive. */
    record Entry(TensorInfo info, long begin, long end) {}

    static SafetensorsHeader parse(Path file, MemorySegment mapped) {
        if (mapped.byteSize() < Long.BYTES) {
            throw new InvalidModelException(file, "is truncated: %d bytes, no header".formatted(mapped.byteSize()));
        }
        long length = mapped.get(LENGTH, 0);
        if (length < 2 || length > MAX_HEADER || length > mapped.byteSize() - Long.BYTES) {
            throw new InvalidModelException(
                    file,
                    "is truncated or no safetensors file: header of %d bytes announced, %d bytes follow"
                            .formatted(length, mapped.byteSize() - Long.BYTES));
        }
        JsonNode json = json(file, mapped.asSlice(Long.BYTES, length).toArray(ValueLayout.JAVA_BYTE));
        SortedMap<String, Entry> tensors = new TreeMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> property : json.properties()) {
            if (property.getKey().equals(METADATA)) {
                property.getValue()
                        .properties()
                        .forEach(p -> metadata.put(p.getKey(), p.getValue().asString()));
            } else {
                tensors.put(property.getKey(), entry(file, property.getKey(), property.getValue()));
            }
        }
        checkRanges(file, tensors, mapped.byteSize() - Long.BYTES - length);
        return new SafetensorsHeader(Long.BYTES + length, tensors, Map.copyOf(metadata));
    }

    private static JsonNode json(Path file, byte[] text) {
        JsonNode json;
        try {
            json = MAPPER.readTree(new String(text, StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            throw new InvalidModelException(file, "has a header that is not JSON: " + e.getOriginalMessage(), e);
        }
        if (!json.isObject()) {
            throw new InvalidModelException(file, "has a header that is no JSON object");
        }
        return json;
    }

    private static Entry entry(Path file, String name, JsonNode json) {
        TensorInfo info = info(file, name, json);
        JsonNode offsets = json.path("data_offsets");
        if (offsets.size() != 2
                || !offsets.get(0).isIntegralNumber()
                || !offsets.get(1).isIntegralNumber()) {
            throw new InvalidModelException(file, "tensor '%s' has the data_offsets %s".formatted(name, offsets));
        }
        Entry entry = new Entry(info, offsets.get(0).longValue(), offsets.get(1).longValue());
        long needed;
        try {
            needed = info.bytes();
        } catch (ArithmeticException e) {
            throw new InvalidModelException(
                    file, "tensor '%s' is too large: shape %s".formatted(name, info.shape()), e);
        }
        if (entry.begin < 0 || entry.end - entry.begin != needed) {
            throw new InvalidModelException(
                    file,
                    "tensor '%s' of type %s and shape %s needs %d bytes, but its range is %d to %d"
                            .formatted(name, info.type(), info.shape(), needed, entry.begin, entry.end));
        }
        return entry;
    }

    private static TensorInfo info(Path file, String name, JsonNode json) {
        String typeName = json.path("dtype").asString("");
        TensorType type = TensorType.named(typeName)
                .orElseThrow(() -> new InvalidModelException(
                        file, "tensor '%s' has type '%s'; F32, F16 and BF16 can be read".formatted(name, typeName)));
        List<Long> shape = new ArrayList<>();
        for (JsonNode axis : json.path("shape")) {
            shape.add(axis.isIntegralNumber() ? axis.longValue() : -1);
        }
        if (!json.path("shape").isArray() || shape.stream().anyMatch(axis -> axis < 0)) {
            throw new InvalidModelException(file, "tensor '%s' has the shape %s".formatted(name, json.path("shape")));
        }
        return new TensorInfo(type, shape);
    }

    private static void checkRanges(Path file, SortedMap<String, Entry> tensors, long dataBytes) {
        List<Map.Entry<String, Entry>> byPlace = new ArrayList<>(tensors.entrySet());
        byPlace.sort(Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().begin)
                .thenComparingLong(e -> e.getValue().end));
        long reached = 0;
        for (Map.Entry<String, Entry> tensor : byPlace) {
            if (tensor.getValue().begin != reached) {
                throw new InvalidModelException(
                        file,
                        "tensor '%s' begins at byte %d of the data, but the one before ends at %d: ranges must neither overlap nor leave gaps"
                                .formatted(tensor.getKey(), tensor.getValue().begin, reached));
            }
            reached = tensor.getValue().end;
        }
        if (reached != dataBytes) {
            throw new InvalidModelException(
                    file,
                    "%s: the header describes %d bytes of data, the file has %d"
                            .formatted(reached > dataBytes ? "is truncated" : "is too long", reached, dataBytes));
        }
    }

    /** Header of tensors that follow each other in this order. */
    static ByteBuffer encode(SortedMap<String, TensorInfo> tensors, Map<String, String> metadata) {
        ObjectNode json = MAPPER.createObjectNode();
        ObjectNode texts = json.putObject(METADATA);
        new TreeMap<>(metadata).forEach(texts::put);
        long offset = 0;
        for (Map.Entry<String, TensorInfo> tensor : tensors.entrySet()) {
            ObjectNode entry = json.putObject(tensor.getKey());
            entry.put("dtype", tensor.getValue().type().name());
            ArrayNode shape = entry.putArray("shape");
            tensor.getValue().shape().forEach(shape::add);
            long end = offset + tensor.getValue().bytes();
            entry.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] text = MAPPER.writeValueAsBytes(json);
        int padded = Math.ceilDiv(text.length, Long.BYTES) * Long.BYTES; // spaces, so that the data is aligned
        ByteBuffer header = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(padded).put(text);
        while (header.hasRemaining()) {
            header.put((byte) ' ');
        }
        return header.flip();
    }
}
