package dev.cooper.orchestrator.tensorboard;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Records of an event file. Each is framed as a TFRecord: length (uint64), its checksum, the bytes, their checksum; all
 * little-endian, each checksum a CRC-32C, rotated and shifted ("masked"). The bytes are TensorFlow's message
 * {@code Event} in protobuf: wall_time = 1 (double), step = 2 (int64), file_version = 3 (string), summary = 5; a
 * summary has values = 1, each with tag = 1 (string) and simple_value = 2 (float).
 */
final class EventRecord {

    private static final int WALL_TIME = 1;
    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;
    private static final int VALUE = 1;
    private static final int TAG = 1;
    private static final int SIMPLE_VALUE = 2;
    private static final int MASK = 0xa282ead8;

    private EventRecord() {}

    /** What every event file begins with. */
    static byte[] fileVersion(Instant at) {
        return framed(message(out -> {
            out.writeDouble(WALL_TIME, seconds(at));
            out.writeString(FILE_VERSION, "brain.Event:2");
        }));
    }

    static byte[] of(Scalars scalars) {
        return framed(message(out -> {
            out.writeDouble(WALL_TIME, seconds(scalars.at()));
            out.writeInt64(STEP, scalars.step());
            out.writeByteArray(SUMMARY, summary(scalars.values()));
        }));
    }

    private static byte[] summary(Map<String, Double> values) {
        return message(out -> {
            for (Map.Entry<String, Double> value : new TreeMap<>(values).entrySet()) {
                out.writeByteArray(VALUE, message(nested -> {
                    nested.writeString(TAG, value.getKey());
                    nested.writeFloat(SIMPLE_VALUE, value.getValue().floatValue());
                }));
            }
        });
    }

    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            fields.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return bytes.toByteArray();
    }

    private static byte[] framed(byte[] data) {
        ByteBuffer record = ByteBuffer.allocate(Long.BYTES + 2 * Integer.BYTES + data.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(data.length);
        record.putInt(masked(record.array(), 0, Long.BYTES));
        record.put(data);
        record.putInt(masked(data, 0, data.length));
        return record.array();
    }

    private static int masked(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        int value = (int) crc.getValue();
        return Integer.rotateRight(value, 15) + MASK;
    }

    private static double seconds(Instant at) {
        return at.getEpochSecond() + at.getNano() / 1e9;
    }
}
