package dev.cooper.languagemodel.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cooper.languagemodel.InvalidModelException;
import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.safetensors.Checksum;
import dev.cooper.languagemodel.safetensors.SafetensorsFile;
import dev.cooper.languagemodel.safetensors.Tensor;
import dev.cooper.languagemodel.torch.GradientMode;
import dev.cooper.languagemodel.torch.Torch;
import dev.cooper.languagemodel.torch.TorchEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A model's float32 weights under their Hugging Face names, in libtorch's memory until closed. */
public final class Weights implements AutoCloseable {
    private static final Map<String, String> METADATA = Map.of("format", "pt");

    private final NDManager manager;
    private final SortedMap<String, NDArray> arrays;

    private Weights(NDManager manager, SortedMap<String, NDArray> arrays) {
        this.manager = manager;
        this.arrays = arrays;
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

    /** Reads a safetensors file whose tensors must be exactly those of a language model, and finite. */
    static Weights read(Path file, ModelConfig config) throws IOException {
        return read(file, ParameterShapes.of(config));
    }

    static Weights read(Path file, SortedMap<String, Shape> shapes) throws IOException {
        try (SafetensorsFile source = SafetensorsFile.open(file)) {
            Set<String> unknown = new TreeSet<>(source.names());
            unknown.removeAll(shapes.keySet());
            unknown.remove(ParameterShapes.OUTPUT); // some writers repeat the embedding under this name
            if (!unknown.isEmpty()) {
                throw new InvalidModelException(file, "has tensors that config.json does not describe: " + unknown);
            }
            SortedMap<String, Tensor> tensors = new TreeMap<>();
            for (Map.Entry<String, Shape> parameter : shapes.entrySet()) {
                Tensor tensor = source.read(parameter.getKey());
                if (!new Shape(tensor.shape()).equals(parameter.getValue())) {
                    throw new InvalidModelException(
                            file,
                            "tensor '%s' has shape %s, but config.json asks for %s"
                                    .formatted(parameter.getKey(), tensor.shape(), parameter.getValue()));
                }
                checkFinite(file, parameter.getKey(), tensor);
                tensors.put(parameter.getKey(), tensor);
            }
            return of(tensors);
        }
    }

    private static void checkFinite(Path file, String name, Tensor tensor) {
        for (float value : tensor.values()) {
            if (!Float.isFinite(value)) {
                throw new InvalidModelException(
                        file,
                        "tensor '%s' holds %s; the model is damaged or its training diverged: use an earlier checkpoint"
                                .formatted(name, value));
            }
        }
    }

    /** Weights with these values. */
    static Weights of(SortedMap<String, Tensor> tensors) {
        NDManager manager = TorchEngine.newManager();
        SortedMap<String, NDArray> arrays = new TreeMap<>();
        tensors.forEach((name, tensor) -> arrays.put(name, toArray(manager, tensor)));
        return new Weights(manager, arrays);
    }

    /** Copies into libtorch's own aligned memory: products may round differently at another alignment. */
    static NDArray toArray(NDManager owner, Tensor tensor) {
        Shape shape = new Shape(tensor.shape());
        try (GradientMode _ = GradientMode.off();
                NDArray view = owner.create(tensor.values(), shape)) {
            return Torch.copy(owner, view);
        }
    }

    /** Copies out of libtorch. */
    public static Tensor toTensor(NDArray array) {
        return new Tensor(Arrays.stream(array.getShape().getShape()).boxed().toList(), array.toFloatArray());
    }

    /** The tensors in name order; they belong to these weights. */
    public SortedMap<String, NDArray> arrays() {
        return Collections.unmodifiableSortedMap(arrays);
    }

    /** One tensor by its Hugging Face name; it belongs to these weights. */
    public NDArray array(String name) {
        NDArray array = arrays.get(name);
        if (array == null) {
            throw new IllegalArgumentException("No tensor '" + name + "'");
        }
        return array;
    }

    /** One tensor that not every architecture has. */
    public Optional<NDArray> find(String name) {
        return Optional.ofNullable(arrays.get(name));
    }

    /** Number of values. */
    public long count() {
        return arrays.values().stream().mapToLong(NDArray::size).sum();
    }

    /** Takes the values of other weights of the same architecture. */
    public void assign(Weights source) {
        if (!arrays.keySet().equals(source.arrays.keySet())) {
            throw new IllegalArgumentException("The weights are of different architectures");
        }
        try (GradientMode _ = GradientMode.off()) {
            arrays.forEach((name, array) -> Torch.assign(array, source.array(name)));
        }
    }

    /** One tensor's values now, outside libtorch. */
    Tensor values(String name) {
        return toTensor(array(name));
    }

    Weights copy() {
        NDManager target = TorchEngine.newManager();
        SortedMap<String, NDArray> copies = new TreeMap<>();
        try (GradientMode _ = GradientMode.off()) {
            arrays.forEach((name, array) -> copies.put(name, Torch.copy(target, array)));
        }
        return new Weights(target, copies);
    }

    /** {@link Checksum} of the weights as they are now. */
    public String checksum() {
        Checksum checksum = new Checksum();
        arrays.forEach((name, array) -> checksum.add(name, toTensor(array)));
        return checksum.hex();
    }

    /** Writes a safetensors file, whole or not at all. */
    public void write(Path file) throws IOException {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        arrays.forEach((name, array) -> tensors.put(name, toTensor(array)));
        SafetensorsFile.write(file, tensors, METADATA);
    }

    @Override
    public void close() {
        manager.close();
    }
}
