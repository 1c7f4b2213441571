package dev.cooper.languagemodel.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 over tensors in name order: of each the length of its name (int32) and the name in UTF-8, the number of axes
 * (int32) and their sizes (int64), and the values as float32; all little-endian. It says whether two sets of weights
 * are equal bit for bit, wherever they are kept.
 */
public final class Checksum {
    private static final String ALGORITHM = "SHA-256";

    private final MessageDigest digest;
    private final ValueBytes bytes = new ValueBytes();
    private String last = "";

    /** A checksum of no tensors yet. */
    public Checksum() {
        try {
            digest = MessageDigest.getInstance(ALGORITHM);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }

    /** Of a safetensors file. */
    public static String of(Path safetensors) throws IOException {
        try (SafetensorsFile file = SafetensorsFile.open(safetensors)) {
            Checksum checksum = new Checksum();
            for (String name : file.names()) {
                checksum.add(name, file.values(name));
            }
            return checksum.hex();
        }
    }

    /** Adds a tensor, whose name must come after the one before. */
    public void add(String name, TensorValues tensor) {
        if (name.compareTo(last) <= 0) {
            throw new IllegalArgumentException("Tensor '%s' must not come after '%s'".formatted(name, last));
        }
        last = name;
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        int axes = tensor.shape().size();
        ByteBuffer head = ByteBuffer.allocate(2 * Integer.BYTES + text.length + axes * Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(text.length).put(text).putInt(axes);
        tensor.shape().forEach(head::putLong);
        digest.update(head.flip());
        bytes.<RuntimeException>write(name, tensor, TensorType.F32, digest::update);
    }

    /** 64 hexadecimal digits; ends this checksum. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
