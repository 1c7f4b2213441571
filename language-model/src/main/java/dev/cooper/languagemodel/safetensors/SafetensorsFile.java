package dev.cooper.languagemodel.safetensors;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.cooper.languagemodel.InvalidModelException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A safetensors file, memory-mapped: 8 bytes with the header's length, the header (JSON: name → type, shape, byte
 * range), the data; all little-endian. The header is checked whole before anything is read. The file may be of any
 * size; reading to float32 is by parts where a tensor is larger than an array.
 */
public final class SafetensorsFile implements AutoCloseable {
    private static final ValueLayout.OfFloat FLOAT = JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT = JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Path file;
    private final Arena arena;
    private final MemorySegment data;
    private final SafetensorsHeader header;

    private SafetensorsFile(Path file, Arena arena, MemorySegment data, SafetensorsHeader header) {
        this.file = file;
        this.arena = arena;
        this.data = data;
        this.header = header;
    }

    /**
     * Maps a file and checks its header.
     *
     * @throws InvalidModelException with file and reason when it is missing, truncated, or its ranges overlap or do not
     *     fit
     */
    public static SafetensorsFile open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InvalidModelException(file, "file is missing; a model folder in Hugging Face layout has it");
        }
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MemorySegment mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            SafetensorsHeader header = SafetensorsHeader.parse(file, mapped);
            return new SafetensorsFile(file, arena, mapped.asSlice(header.dataStart()), header);
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /** The file that was opened. */
    public Path file() {
        return file;
    }

    /** Names of the tensors in order. */
    public Set<String> names() {
        return Collections.unmodifiableSet(header.tensors().keySet());
    }

    /** The free texts of the header. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /** Type and shape of a tensor. */
    public TensorInfo info(String name) {
        return entry(name).info();
    }

    /** Type of a tensor's values in the file. */
    public TensorType type(String name) {
        return info(name).type();
    }

    /** A tensor's bytes in the mapped file: little-endian, read only, valid until this is closed. */
    public MemorySegment segment(String name) {
        SafetensorsHeader.Entry entry = entry(name);
        return data.asSlice(entry.begin(), entry.end() - entry.begin());
    }

    /**
     * Checks that a tensor holds neither NaN nor infinity.
     *
     * @throws InvalidModelException naming file, tensor and the value
     */
    public void requireFinite(String name) {
        MemorySegment bytes = segment(name);
        TensorType type = type(name);
        long whole = bytes.byteSize() / Long.BYTES * Long.BYTES;
        long found = 0;
        for (long at = 0; at < whole; at += Long.BYTES) {
            found |= type.notFinite(bytes.get(LONG, at));
        }
        TensorValues values = values(name);
        long behind = whole / type.bytes();
        for (long i = found == 0 ? behind : 0; i < values.count(); i++) {
            float value = values.part(i, 1)[0];
            if (!Float.isFinite(value)) {
                throw new InvalidModelException(
                        file,
                        "tensor '%s' holds %s; the model is damaged or its training diverged: use an earlier checkpoint"
                                .formatted(name, value));
            }
        }
    }

    /** A tensor's values as float32, whatever type the file has; at most as many as an array can hold. */
    public Tensor read(String name) {
        TensorValues values = values(name);
        if (values.count() > Integer.MAX_VALUE - 8) {
            throw new InvalidModelException(
                    file,
                    "tensor '%s' of shape %s is larger than an array: read it by parts"
                            .formatted(name, values.shape()));
        }
        return new Tensor(values.shape(), values.part(0, (int) values.count()));
    }

    /** A tensor's values as float32, to be read by parts while this is open. */
    public TensorValues values(String name) {
        return new Mapped(info(name), segment(name));
    }

    private record Mapped(TensorInfo info, MemorySegment bytes) implements TensorValues {
        @Override
        public List<Long> shape() {
            return info.shape();
        }

        @Override
        public float[] part(long from, int count) {
            float[] values = new float[count];
            switch (info.type()) {
                case F32 -> MemorySegment.copy(bytes, FLOAT, from * Float.BYTES, values, 0, count);
                case F16 -> {
                    for (int i = 0; i < count; i++) {
                        values[i] = Float.float16ToFloat(bytes.getAtIndex(SHORT, from + i));
                    }
                }
                case BF16 -> {
                    for (int i = 0; i < count; i++) {
                        values[i] = Float.intBitsToFloat(bytes.getAtIndex(SHORT, from + i) << 16);
                    }
                }
            }
            return values;
        }
    }

    private SafetensorsHeader.Entry entry(String name) {
        SafetensorsHeader.Entry entry = header.tensors().get(name);
        if (entry == null) {
            throw new InvalidModelException(file, "has no tensor '" + name + "'");
        }
        return entry;
    }

    /** Writes tensors in name order as float32, so that the file is either whole or as it was. */
    public static void write(Path file, SortedMap<String, ? extends TensorValues> tensors, Map<String, String> metadata)
            throws IOException {
        write(file, tensors, _ -> TensorType.F32, metadata);
    }

    /**
     * Writes tensors in name order, each in the type that is asked for by its name, rounded to the nearest, so that the
     * file is either whole or as it was.
     *
     * @throws IllegalArgumentException naming the tensor that has a value beyond its type's range
     */
    public static void write(
            Path file,
            SortedMap<String, ? extends TensorValues> tensors,
            Function<String, TensorType> types,
            Map<String, String> metadata)
            throws IOException {
        SortedMap<String, TensorInfo> infos = new TreeMap<>();
        tensors.forEach((name, values) -> infos.put(name, new TensorInfo(types.apply(name), values.shape())));
        ValueBytes bytes = new ValueBytes();
        DurableFile.write(file, channel -> {
            DurableFile.writeFully(channel, SafetensorsHeader.encode(infos, metadata));
            for (Map.Entry<String, ? extends TensorValues> tensor : tensors.entrySet()) {
                String name = tensor.getKey();
                bytes.<IOException>write(
                        name, tensor.getValue(), types.apply(name), part -> DurableFile.writeFully(channel, part));
            }
        });
    }

    @Override
    public void close() {
        arena.close();
    }
}
