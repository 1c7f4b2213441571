package dev.cooper.languagemodel.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.safetensors.Checkpoint;
import dev.cooper.languagemodel.safetensors.Checksum;
import dev.cooper.languagemodel.safetensors.SafetensorsFile;
import dev.cooper.languagemodel.safetensors.Tensor;
import dev.cooper.languagemodel.safetensors.TensorType;
import dev.cooper.languagemodel.safetensors.TensorValues;
import dev.cooper.languagemodel.torch.GradientMode;
import dev.cooper.languagemodel.torch.Precision;
import dev.cooper.languagemodel.torch.Torch;
import dev.cooper.languagemodel.torch.TorchEngine;
import dev.cooper.languagemodel.torch.Transfers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A model's weights under their Hugging Face names until closed, and the type in which each was stored: float32 in
 * libtorch's memory, or left in their files to be read.
 */
public final class Weights implements AutoCloseable {
    private static final Map<String, String> METADATA = Map.of("format", "pt");

    private final NDManager manager;
    private final SortedMap<String, NDArray> arrays;
    private final Map<String, TensorType> types;
    private final Optional<Checkpoint> mapped; // where the values are, if they are in files

    Weights(
            NDManager manager,
            SortedMap<String, NDArray> arrays,
            Map<String, TensorType> types,
            Optional<Checkpoint> mapped) {
        this.manager = manager;
        this.arrays = arrays;
        this.types = Map.copyOf(types);
        this.mapped = mapped;
    }

    /**
     * New weights as a function of the seed and each tensor's name only: normal with the configuration's range, norms
     * 1, biases 0.
     */
    static Weights initialise(ModelConfig config, long seed) {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        ParameterShapes.of(config)
                .forEach((name, shape) -> tensors.put(name, ParameterShapes.initial(name, shape, config, seed)));
        return of(tensors);
    }

    /** Weights with these values. */
    static Weights of(SortedMap<String, Tensor> tensors) {
        NDManager manager = TorchEngine.newManager();
        SortedMap<String, NDArray> arrays = new TreeMap<>();
        tensors.forEach((name, tensor) -> arrays.put(name, toArray(manager, tensor)));
        return new Weights(manager, arrays, Map.of(), Optional.empty());
    }

    /** Copies into libtorch's own aligned memory: products may round differently at another alignment. */
    static NDArray toArray(NDManager owner, Tensor tensor) {
        Shape shape = new Shape(tensor.shape());
        try (GradientMode _ = GradientMode.off();
                NDArray view = Transfers.send(owner, tensor.values(), shape)) {
            return Transfers.copy(owner, view);
        }
    }

    /** A float32 array's values, to be read by parts while it is open. */
    public static TensorValues valuesOf(NDArray array) {
        return new Parts(array);
    }

    /** The tensors in name order; they belong to these weights. */
    public SortedMap<String, NDArray> arrays() {
        return Collections.unmodifiableSortedMap(arrays);
    }

    /** One tensor by its Hugging Face name; it belongs to these weights. */
    public NDArray array(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("No tensor '" + name + "'"));
    }

    /** One tensor that not every architecture has. */
    public Optional<NDArray> find(String name) {
        return Optional.ofNullable(arrays.get(name));
    }

    /** The type in which a tensor was stored; float32 for new weights. */
    public TensorType storedType(String name) {
        return types.getOrDefault(name, TensorType.F32);
    }

    /** The type that config.json names for weights that are written so: float32 where they differ. */
    public String dtype(StoredTypes written) {
        Set<TensorType> used = arrays.keySet().stream()
                .map(name -> written.of(storedType(name)))
                .collect(Collectors.toSet());
        return (used.size() == 1 ? used.iterator().next() : TensorType.F32).dtype();
    }

    /**
     * How often each tensor was written so far: two equal answers, and no value has changed between them. Operations
     * count, {@link NDArray#set} does not: it writes past them.
     */
    long[] versions() {
        return Torch.versions(List.copyOf(arrays.values()));
    }

    /** Number of values. */
    public long count() {
        return arrays.values().stream().mapToLong(NDArray::size).sum();
    }

    /**
     * Refuses what would change these weights.
     *
     * @throws IllegalStateException if they are in files
     */
    public void requireOwned() {
        if (mapped.isPresent()) {
            throw new IllegalStateException("The weights are those of the files of "
                    + mapped.get().source() + " and can only be read; load the model instead of mapping it");
        }
    }

    /** The precision that these weights are computed in without a cast: bfloat16 if all matrices have it. */
    public Precision precision() {
        boolean half = mapped.isPresent()
                && arrays.entrySet().stream()
                        .filter(array -> array.getValue().getShape().dimension() > 1)
                        .allMatch(array -> storedType(array.getKey()) == TensorType.BF16);
        return half ? Precision.BFLOAT16 : Precision.FLOAT32;
    }

    /** Takes the values of other weights of the same architecture. */
    public void assign(Weights source) {
        requireOwned();
        if (!arrays.keySet().equals(source.arrays.keySet())) {
            throw new IllegalArgumentException("The weights are of different architectures");
        }
        try (GradientMode _ = GradientMode.off()) {
            arrays.forEach((name, array) -> Torch.assign(array, source.array(name)));
        }
    }

    /** One tensor's values as they are now. */
    TensorValues values(String name) {
        return mapped.<TensorValues>map(files -> files.values(name)).orElseGet(() -> new Parts(array(name)));
    }

    /** A copy of one tensor, outside libtorch. */
    Tensor tensor(String name) {
        TensorValues values = values(name);
        return new Tensor(values.shape(), values.part(0, Math.toIntExact(values.count())));
    }

    /** Independent float32 weights with the values of these. */
    Weights copy() {
        NDManager target = TorchEngine.newManager();
        SortedMap<String, NDArray> copies = new TreeMap<>();
        try (GradientMode _ = GradientMode.off()) {
            arrays.forEach((name, array) -> {
                try (NDArray copy = Transfers.copy(target, array)) {
                    copies.put(name, Torch.cast(copy, Precision.FLOAT32));
                }
            });
        }
        return new Weights(target, copies, types, Optional.empty());
    }

    /** {@link Checksum} of the weights as they are now. */
    public String checksum() {
        Checksum checksum = new Checksum();
        arrays.keySet().forEach(name -> checksum.add(name, values(name)));
        return checksum.hex();
    }

    /** Writes a safetensors file of float32 values, whole or not at all. */
    public void write(Path file) throws IOException {
        write(file, StoredTypes.FLOAT32);
    }

    /** Writes a safetensors file, whole or not at all. */
    public void write(Path file, StoredTypes written) throws IOException {
        SortedMap<String, TensorValues> values = new TreeMap<>();
        arrays.keySet().forEach(name -> values.put(name, values(name)));
        SafetensorsFile.write(file, values, name -> written.of(storedType(name)), METADATA);
    }

    /** A float32 array's values in libtorch, read back part by part. */
    private record Parts(NDArray array) implements TensorValues {
        @Override
        public List<Long> shape() {
            return Arrays.stream(array.getShape().getShape()).boxed().toList();
        }

        @Override
        public float[] part(long from, int count) {
            return Transfers.floats(array, from, count);
        }
    }

    @Override
    public void close() {
        manager.close();
        mapped.ifPresent(Checkpoint::close);
    }
}
