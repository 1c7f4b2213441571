package dev.cooper.languagemodel.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cooper.languagemodel.InvalidModelException;
import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.safetensors.Checkpoint;
import dev.cooper.languagemodel.safetensors.TensorInfo;
import dev.cooper.languagemodel.safetensors.TensorType;
import dev.cooper.languagemodel.torch.GradientMode;
import dev.cooper.languagemodel.torch.Precision;
import dev.cooper.languagemodel.torch.Torch;
import dev.cooper.languagemodel.torch.TorchEngine;
import dev.cooper.languagemodel.torch.Transfers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads or maps weights from the safetensors files of a model, which must hold exactly what its architecture needs. */
final class WeightFiles {
    private WeightFiles() {}

    /**
     * Reads a safetensors file or a folder's, whose tensors must be exactly those of a language model, and finite. A
     * tied output layer may be written out, if it is the embedding.
     */
    static Weights read(Path fileOrFolder, ModelConfig config) throws IOException {
        try (Checkpoint source = Checkpoint.open(fileOrFolder)) {
            checkTied(source, config);
            return read(source, ParameterShapes.of(config));
        }
    }

    private static void checkTied(Checkpoint source, ModelConfig config) {
        String output = ParameterShapes.OUTPUT;
        String embedding = ParameterShapes.EMBEDDING;
        if (!config.tiedEmbeddings() || !source.names().contains(output)) {
            return;
        }
        if (!source.info(output).equals(source.info(embedding))
                || source.segment(output).mismatch(source.segment(embedding)) >= 0) {
            throw new InvalidModelException(
                    source.file(output),
                    "tensor '%s' differs from '%s', but config.json ties them: set tie_word_embeddings to false, or remove the tensor"
                            .formatted(output, embedding));
        }
    }

    /** Reads the tensors with these names and shapes, and accepts no others but an output layer. */
    static Weights read(Checkpoint source, SortedMap<String, Shape> shapes) {
        return of(source, shapes, Optional.empty());
    }

    /**
     * Leaves the tensors in their files, which are mapped into memory until these weights are closed: they can be read,
     * in the types that the files have, and not trained. Half precision, in which nothing is computed, becomes float32.
     * A device with memory of its own gets a copy.
     */
    static Weights map(Path fileOrFolder, ModelConfig config) throws IOException {
        Checkpoint source = Checkpoint.open(fileOrFolder);
        try {
            checkTied(source, config);
            return of(source, ParameterShapes.of(config), Optional.of(source));
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private static Weights of(Checkpoint source, SortedMap<String, Shape> shapes, Optional<Checkpoint> mapped) {
        checkNames(source, shapes.keySet());
        NDManager manager = TorchEngine.newManager();
        try {
            SortedMap<String, NDArray> arrays = new TreeMap<>();
            Map<String, TensorType> types = new TreeMap<>();
            shapes.forEach((name, shape) -> {
                checkShape(source, name, shape);
                source.requireFinite(name);
                arrays.put(name, array(manager, source, name, mapped.isPresent()));
                types.put(name, source.info(name).type());
            });
            return new Weights(manager, arrays, types, mapped);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    private static NDArray array(NDManager owner, Checkpoint source, String name, boolean mapped) {
        TensorInfo info = source.info(name);
        long[] shape = info.shape().stream().mapToLong(Long::longValue).toArray();
        Precision precision = precision(info.type());
        NDArray view = Torch.wrap(owner, source.segment(name), precision, shape);
        if (mapped && precision != Precision.FLOAT16) {
            return Transfers.place(owner, view);
        }
        // In libtorch's own aligned memory: products may round differently at another alignment.
        try (GradientMode _ = GradientMode.off();
                NDArray stored = Transfers.place(owner, view)) {
            return precision == Precision.FLOAT32
                    ? Transfers.copy(owner, stored)
                    : Torch.cast(stored, Precision.FLOAT32);
        }
    }

    private static Precision precision(TensorType type) {
        return switch (type) {
            case F32 -> Precision.FLOAT32;
            case F16 -> Precision.FLOAT16;
            case BF16 -> Precision.BFLOAT16;
        };
    }

    private static void checkNames(Checkpoint source, Set<String> expected) {
        Set<String> unknown = new TreeSet<>(source.names());
        unknown.removeAll(expected);
        unknown.remove(ParameterShapes.OUTPUT); // some writers repeat the embedding under this name
        if (!unknown.isEmpty()) {
            throw new InvalidModelException(
                    source.source(), "has tensors that config.json does not describe: " + some(unknown));
        }
        Set<String> missing = new TreeSet<>(expected);
        missing.removeAll(source.names());
        if (!missing.isEmpty()) {
            throw new InvalidModelException(
                    source.source(), "lacks tensors that config.json describes: " + some(missing));
        }
    }

    private static String some(Set<String> names) {
        int shown = 10;
        String list = names.stream().limit(shown).collect(Collectors.joining(", "));
        return names.size() > shown ? "%s and %d more".formatted(list, names.size() - shown) : list;
    }

    private static void checkShape(Checkpoint source, String name, Shape expected) {
        List<Long> shape = source.info(name).shape();
        if (!new Shape(shape).equals(expected)) {
            throw new InvalidModelException(
                    source.file(name),
                    "tensor '%s' has shape %s, but config.json asks for %s".formatted(name, shape, expected));
        }
    }
}
