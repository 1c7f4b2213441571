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

/**
 * A version's checksum, from its safetensors file: SHA-256 over its tensors in the order of their names, of each the
 * length of its name (int32) and the name in UTF-8, the number of axes (int32) and their sizes (int64), and the values
 * as float32; all little-endian. Trainers announce versions by it, whatever type their files are in.
 */
final class TensorChecksum {

    private static final int BLOCK = 1 << 20;

    private TensorChecksum() {}

    /**
     * Lower-case hex.
     *
     * @throws IOException when the file is missing, truncated, or of a type that weights are not in
     */
    static String of(Path safetensors) throws IOException {
        try (FileChannel file = FileChannel.open(safetensors, StandardOpenOption.READ)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Map.Entry<String, TensorIndex.Entry> tensor :
                    TensorIndex.of(file).tensors().entrySet()) {
                digest.update(head(tensor.getKey(), tensor.getValue()));
                add(digest, file, tensor.getKey(), tensor.getValue());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private static ByteBuffer head(String name, TensorIndex.Entry tensor) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        int axes = tensor.shape().size();
        ByteBuffer head = littleEndian(2 * Integer.BYTES + text.length + axes * Long.BYTES);
        head.putInt(text.length).put(text).putInt(axes);
        tensor.shape().forEach(head::putLong);
        return head.flip();
    }

    private static void add(MessageDigest digest, FileChannel file, String name, TensorIndex.Entry tensor)
            throws IOException {
        for (long at = tensor.begin(); at < tensor.end(); at += BLOCK) {
            ByteBuffer block = TensorIndex.read(file, at, (int) Math.min(BLOCK, tensor.end() - at));
            digest.update(asFloats(block, tensor.type(), name));
        }
    }

    /** The same values as float32. */
    static ByteBuffer asFloats(ByteBuffer block, String type, String name) throws IOException {
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

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
