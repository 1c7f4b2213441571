package dev.cooper.languagemodel.safetensors;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
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
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * A safetensors file, memory-mapped: 8 bytes with the header's length, the header (JSON: name → type, shape, byte
 * range), the data; all little-endian. The header is checked whole before anything is read.
 */
public final class SafetensorsFile implements AutoCloseable {
    private static final ValueLayout.OfFloat FLOAT = JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT = JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

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

    /** Names of the tensors in order. */
    public Set<String> names() {
        return Collections.unmodifiableSet(header.tensors().keySet());
    }

    /** The free texts of the header. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /** A tensor's values as float32, whatever type the file has. */
    public Tensor read(String name) {
        SortedMap<String, SafetensorsHeader.Entry> tensors = header.tensors();
        SafetensorsHeader.Entry entry = tensors.get(name);
        if (entry == null) {
            throw new InvalidModelException(file, "has no tensor '" + name + "'");
        }
        int count = Math.toIntExact(entry.count());
        MemorySegment bytes = data.asSlice(entry.begin(), entry.end() - entry.begin());
        float[] values = new float[count];
        switch (entry.type()) {
            case F32 -> MemorySegment.copy(bytes, FLOAT, 0, values, 0, count);
            case F16 -> {
                for (int i = 0; i < count; i++) {
                    values[i] = Float.float16ToFloat(bytes.getAtIndex(SHORT, i));
                }
            }
            case BF16 -> {
                for (int i = 0; i < count; i++) {
                    values[i] = Float.intBitsToFloat(bytes.getAtIndex(SHORT, i) << 16);
                }
            }
        }
        return new Tensor(entry.shape(), values);
    }

    /** Writes tensors in name order as float32, so that the file is either whole or as it was. */
    public static void write(Path file, SortedMap<String, Tensor> tensors, Map<String, String> metadata)
            throws IOException {
        DurableFile.write(file, channel -> {
            DurableFile.writeFully(channel, SafetensorsHeader.encode(tensors, metadata));
            for (Tensor tensor : tensors.values()) {
                DurableFile.writeFully(channel, tensor.littleEndian());
            }
        });
    }

    @Override
    public void close() {
        arena.close();
    }
}
