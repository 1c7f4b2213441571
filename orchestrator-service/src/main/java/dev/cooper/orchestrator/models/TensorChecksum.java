package dev.cooper.orchestrator.models;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A version's checksum, from its safetensors file: SHA-256 over its tensors in the order of their names, of each the
 * length of its name (int32) and the name in UTF-8, the number of axes (int32) and their sizes (int64), and the values
 * as float32; all little-endian. Trainers announce versions by it, whatever type their files are in.
 */
final class TensorChecksum {

    private static final int BLOCK = 1 << 20;
    private static final int LONGEST_HEADER = 100_000_000;

    private TensorChecksum() {}

    /**
     * Lower-case hex.
     *
     * @throws IOException when the file is missing, truncated, or of a type that weights are not in
     */
    static String of(Path safetensors) throws IOException {
        try (FileChannel file = FileChannel.open(safetensors, StandardOpenOption.READ)) {
            long length = read(file, 0, Long.BYTES).getLong();
            if (length <= 0 || length > Math.min(LONGEST_HEADER, file.size() - Long.BYTES)) {
                throw new IOException("is no safetensors file, or is truncated");
            }
            JsonNode header = JsonMapper.shared()
                    .readTree(read(file, Long.BYTES, (int) length).array());
            Map<String, JsonNode> tensors = new TreeMap<>();
            header.properties().forEach(entry -> tensors.put(entry.getKey(), entry.getValue()));
            tensors.remove("__metadata__");
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Map.Entry<String, JsonNode> tensor : tensors.entrySet()) {
                add(digest, file, Long.BYTES + length, tensor.getKey(), tensor.getValue());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (JacksonException e) {
            throw new IOException("has a header that is no JSON: " + e.getOriginalMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, FileChannel file, long dataStart, String name, JsonNode tensor)
            throws IOException {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        JsonNode shape = tensor.required("shape");
        ByteBuffer head = littleEndian(2 * Integer.BYTES + text.length + shape.size() * Long.BYTES);
        head.putInt(text.length).put(text).putInt(shape.size());
        shape.forEach(size -> head.putLong(size.longValue()));
        digest.update(head.flip());
        JsonNode range = tensor.required("data_offsets");
        String type = tensor.required("dtype").stringValue();
        long end = dataStart + range.get(1).longValue();
        for (long at = dataStart + range.get(0).longValue(); at < end; at += BLOCK) {
            ByteBuffer block = read(file, at, (int) Math.min(BLOCK, end - at));
            digest.update(asFloats(block, type, name));
        }
    }

    private static ByteBuffer asFloats(ByteBuffer block, String type, String name) throws IOException {
        return switch (type) {
            case "F32" -> block;
            case "BF16" -> {
                ByteBuffer floats = littleEndian(2 * block.remaining());
                while (block.hasRemaining()) {
                    floats.putInt(block.getShort() << 16);
                }
                yield floats.flip();
            }
            case "F16" -> {
                ByteBuffer floats = littleEndian(2 * block.remaining());
                while (block.hasRemaining()) {
                    floats.putFloat(Float.float16ToFloat(block.getShort()));
                }
                yield floats.flip();
            }
            default -> throw new IOException("has tensor " + name + " in " + type + ", which no version is in");
        };
    }

    private static ByteBuffer read(FileChannel file, long at, int length) throws IOException {
        ByteBuffer bytes = littleEndian(length);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, at + bytes.position()) < 0) {
                throw new IOException("is truncated: it ends before byte " + (at + length));
            }
        }
        return bytes.flip();
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
