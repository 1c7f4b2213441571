package dev.cooper.orchestrator.models;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * How far two versions of a model are apart, over all of their parameters.
 *
 * @param euclidean √Σ(a − b)²
 * @param relative that over √Σa²
 */
public record ParameterDistance(double euclidean, double relative) {

    private static final int BLOCK = 1 << 20;

    /**
     * Reads both files once, block by block.
     *
     * @throws IOException when one cannot be read, or they are not of the same architecture and type
     */
    static ParameterDistance between(Path first, Path second) throws IOException {
        double difference = 0;
        double size = 0;
        try (FileChannel a = FileChannel.open(first, StandardOpenOption.READ);
                FileChannel b = FileChannel.open(second, StandardOpenOption.READ)) {
            Map<String, TensorIndex.Entry> others = TensorIndex.of(b).tensors();
            for (Map.Entry<String, TensorIndex.Entry> tensor :
                    TensorIndex.of(a).tensors().entrySet()) {
                TensorIndex.Entry one = tensor.getValue();
                TensorIndex.Entry other = others.get(tensor.getKey());
                if (other == null
                        || !other.type().equals(one.type())
                        || !other.shape().equals(one.shape())) {
                    throw new IOException("tensor " + tensor.getKey() + " is not the same kind in both files");
                }
                for (long at = 0; at < one.end() - one.begin(); at += BLOCK) {
                    int length = (int) Math.min(BLOCK, one.end() - one.begin() - at);
                    ByteBuffer left = floats(a, one, at, length, tensor.getKey());
                    ByteBuffer right = floats(b, other, at, length, tensor.getKey());
                    while (left.hasRemaining()) {
                        double value = left.getFloat();
                        double apart = value - right.getFloat();
                        difference += apart * apart;
                        size += value * value;
                    }
                }
            }
        }
        return new ParameterDistance(Math.sqrt(difference), size == 0 ? 0 : Math.sqrt(difference / size));
    }

    private static ByteBuffer floats(FileChannel file, TensorIndex.Entry tensor, long at, int length, String name)
            throws IOException {
        return TensorChecksum.asFloats(TensorIndex.read(file, tensor.begin() + at, length), tensor.type(), name);
    }
}
