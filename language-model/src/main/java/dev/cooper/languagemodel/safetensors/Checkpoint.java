package dev.cooper.languagemodel.safetensors;

import dev.cooper.languagemodel.InvalidModelException;
import dev.cooper.languagemodel.config.JsonFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * The tensors of a model, in one safetensors file or in several with an index (tensor → file) beside them. All files
 * are mapped, and their headers checked, when it is opened.
 */
public final class Checkpoint implements AutoCloseable {
    /** Name of the one file. */
    public static final String SINGLE = "model.safetensors";

    /** Name of the index of several. */
    public static final String INDEX = "model.safetensors.index.json";

    private final Path source;
    private final SortedMap<String, SafetensorsFile> shards; // by the name of the file
    private final SortedMap<String, SafetensorsFile> tensors; // by the name of the tensor

    private Checkpoint(Path source, SortedMap<String, SafetensorsFile> shards) {
        this.source = source;
        this.shards = shards;
        this.tensors = new TreeMap<>();
    }

    /**
     * Opens a safetensors file, or a folder's: {@value #SINGLE} if it is there, else what {@value #INDEX} lists.
     *
     * @throws InvalidModelException naming the file that is missing, damaged, or does not hold what the index says
     */
    public static Checkpoint open(Path fileOrFolder) throws IOException {
        if (!Files.isDirectory(fileOrFolder)) {
            return ofFile(fileOrFolder);
        }
        Path single = fileOrFolder.resolve(SINGLE);
        Path index = fileOrFolder.resolve(INDEX);
        if (Files.isRegularFile(index) && !Files.isRegularFile(single)) {
            return ofIndex(index);
        }
        return ofFile(single);
    }

    private static Checkpoint ofFile(Path file) throws IOException {
        Checkpoint checkpoint = new Checkpoint(file, new TreeMap<>());
        SafetensorsFile only = SafetensorsFile.open(file);
        checkpoint.shards.put(file.toString(), only);
        only.names().forEach(name -> checkpoint.tensors.put(name, only));
        return checkpoint;
    }

    private static Checkpoint ofIndex(Path index) throws IOException {
        Checkpoint checkpoint = new Checkpoint(index, new TreeMap<>());
        try {
            SortedMap<String, String> places = weightMap(JsonFile.read(index));
            for (String shard : new TreeSet<>(places.values())) {
                checkpoint.shards.put(shard, openShard(index, shard));
            }
            for (Map.Entry<String, String> place : places.entrySet()) {
                checkpoint.tensors.put(place.getKey(), shardWith(checkpoint, place.getKey(), place.getValue()));
            }
            checkpoint.shards.forEach((name, shard) -> checkNothingElse(index, name, shard, places));
            return checkpoint;
        } catch (IOException | RuntimeException e) {
            checkpoint.close();
            throw e;
        }
    }

    private static SortedMap<String, String> weightMap(JsonFile index) {
        JsonFile map = index.object("weight_map")
                .orElseThrow(() -> index.invalid("weight_map", "missing", "an object: tensor → name of its file"));
        SortedMap<String, String> places = new TreeMap<>();
        for (Map.Entry<String, JsonNode> place : map.root().properties()) {
            String file = place.getValue().asString("");
            if (!file.endsWith(".safetensors") || file.contains("/") || file.contains("\\")) {
                throw map.invalid(
                        place.getKey(), place.getValue(), "the name of a .safetensors file in the index's folder");
            }
            places.put(place.getKey(), file);
        }
        return places;
    }

    private static SafetensorsFile openShard(Path index, String name) throws IOException {
        Path file = index.resolveSibling(name);
        if (!Files.isRegularFile(file)) {
            throw new InvalidModelException(
                    file, "file is missing, but %s lists it; copy all parts of the model".formatted(INDEX));
        }
        return SafetensorsFile.open(file);
    }

    private static SafetensorsFile shardWith(Checkpoint checkpoint, String tensor, String shard) {
        SafetensorsFile file = checkpoint.shards.get(shard);
        if (file == null || !file.names().contains(tensor)) {
            throw new InvalidModelException(
                    checkpoint.source.resolveSibling(shard),
                    "has no tensor '%s', which %s says is there; index and parts are of different models"
                            .formatted(tensor, INDEX));
        }
        return file;
    }

    private static void checkNothingElse(
            Path index, String name, SafetensorsFile shard, SortedMap<String, String> places) {
        Set<String> unlisted = new TreeSet<>(shard.names());
        unlisted.removeIf(tensor -> name.equals(places.get(tensor)));
        if (!unlisted.isEmpty()) {
            throw new InvalidModelException(
                    shard.file(),
                    "has tensors that %s does not say are there: %s".formatted(index.getFileName(), unlisted));
        }
    }

    /** The file or the index that was opened, for messages. */
    public Path source() {
        return source;
    }

    /** Names of the tensors in order. */
    public Set<String> names() {
        return Collections.unmodifiableSet(tensors.keySet());
    }

    /** The file that a tensor is in. */
    public Path file(String name) {
        return shard(name).file();
    }

    /** Type and shape of a tensor. */
    public TensorInfo info(String name) {
        return shard(name).info(name);
    }

    /** A tensor's bytes in the mapped file: little-endian, read only, valid until this is closed. */
    public MemorySegment segment(String name) {
        return shard(name).segment(name);
    }

    /** Checks that a tensor holds neither NaN nor infinity, as {@link SafetensorsFile#requireFinite} does. */
    public void requireFinite(String name) {
        shard(name).requireFinite(name);
    }

    /** A tensor's values as float32, to be read by parts while this is open. */
    public TensorValues values(String name) {
        return shard(name).values(name);
    }

    /** A tensor's values as float32, whatever type its file has. */
    public Tensor read(String name) {
        return shard(name).read(name);
    }

    private SafetensorsFile shard(String name) {
        SafetensorsFile shard = tensors.get(name);
        if (shard == null) {
            throw new InvalidModelException(source, "has no tensor '" + name + "'");
        }
        return shard;
    }

    @Override
    public void close() {
        shards.values().forEach(SafetensorsFile::close);
    }
}
