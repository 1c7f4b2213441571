package dev.cooper.platform.line;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tells records that a service of this installation wrote from those that somebody else put on the log: an HMAC-SHA256
 * (RFC 2104) over topic, key, value and the headers whose names begin with {@code cooper-}, in a header of its own.
 * Headers that others add on the way, such as those of traces, are left out. A record that is copied to another topic
 * or under another key loses its seal; one that is repeated as it is keeps it, and the line ignores it as a duplicate.
 */
public final class RecordSeal {

    public static final String HEADER = "cooper-signature";

    private static final String ALGORITHM = "HmacSHA256";
    private static final String OURS = "cooper-";

    private final @Nullable SecretKeySpec key;

    private RecordSeal(@Nullable SecretKeySpec key) {
        this.key = key;
    }

    /** Signs nothing and refuses nothing. */
    public static RecordSeal none() {
        return new RecordSeal(null);
    }

    public static RecordSeal of(byte[] key) {
        return new RecordSeal(new SecretKeySpec(key, ALGORITHM));
    }

    /**
     * The signature in lower-case hex; nothing without a key.
     *
     * @param topic its whole name on the log
     */
    public Optional<String> sign(String topic, String recordKey, Map<String, String> headers, byte[] value) {
        return key == null
                ? Optional.empty()
                : Optional.of(HexFormat.of().formatHex(mac(key, topic, recordKey, headers, value)));
    }

    /** Why nobody with the key has written this record; null when somebody has, or when there is no key. */
    public @Nullable String forgery(String topic, String recordKey, Map<String, String> headers, byte[] value) {
        if (key == null) {
            return null;
        }
        String given = headers.get(HEADER);
        if (given == null) {
            return "header " + HEADER + " is missing: its writer does not have this installation's record key";
        }
        String right = HexFormat.of().formatHex(mac(key, topic, recordKey, headers, value));
        boolean same =
                MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
        return same ? null : "header " + HEADER + " is not the signature of this record under the installation's key";
    }

    private static byte[] mac(
            SecretKeySpec key, String topic, String recordKey, Map<String, String> headers, byte[] value) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            add(mac, topic.getBytes(StandardCharsets.UTF_8));
            add(mac, recordKey.getBytes(StandardCharsets.UTF_8));
            new TreeMap<>(headers).forEach((name, text) -> {
                if (name.startsWith(OURS) && !name.equals(HEADER)) {
                    add(mac, name.getBytes(StandardCharsets.UTF_8));
                    add(mac, text.getBytes(StandardCharsets.UTF_8));
                }
            });
            add(mac, value);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
        }
    }

    /** With its length before it, so that no byte can move from one part to the next. */
    private static void add(Mac mac, byte[] part) {
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        mac.update(part);
    }
}
