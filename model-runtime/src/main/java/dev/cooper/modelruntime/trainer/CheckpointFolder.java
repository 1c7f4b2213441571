package dev.cooper.modelruntime.trainer;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.cooper.modelruntime.trainer.Checkpoint.Answer;
import dev.cooper.modelruntime.trainer.CheckpointStore.TrainerDescription;
import dev.cooper.platform.line.Sha256;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.TrainResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code trainer.json} and {@code answer.binpb} in a checkpoint: which version it is, the SHA-256 of every other file,
 * and the answer of the update that made it.
 */
final class CheckpointFolder {

    private static final String DESCRIPTION = "trainer.json";
    private static final String ANSWER = "answer.binpb";

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private CheckpointFolder() {}

    /** Adds the two files to a folder that holds all the others. */
    static void describe(Path folder, Answer answer, TrainerDescription description) throws IOException {
        Files.write(folder.resolve(ANSWER), answer.result().toByteArray());
        Trainer trainer = new Trainer(
                version(answer.result().getVersion()),
                version(answer.base()),
                answer.manifestSha256(),
                description.initialChecksum(),
                description.step(),
                fields(description.settings()),
                checksums(folder));
        Files.writeString(folder.resolve(DESCRIPTION), JSON.writeValueAsString(trainer) + "\n");
    }

    /** The checkpoint of that number. */
    static Checkpoint read(Path folder, long number) throws DamagedCheckpointException {
        Checkpoint checkpoint = read(folder);
        if (checkpoint.version().getNumber() != number) {
            throw new DamagedCheckpointException(
                    DESCRIPTION + " says version " + checkpoint.version().getNumber());
        }
        return checkpoint;
    }

    static Checkpoint read(Path folder) throws DamagedCheckpointException {
        try {
            Trainer trainer = JSON.readValue(Files.readString(folder.resolve(DESCRIPTION)), Trainer.class);
            requireFiles(folder, trainer.files());
            TrainResult result = TrainResult.parseFrom(Files.readAllBytes(folder.resolve(ANSWER)));
            Answer answer = new Answer(trainer.base().toRef(), trainer.manifestSha256(), result);
            return new Checkpoint(folder, trainer.version().toRef(), trainer.initialChecksum(), answer);
        } catch (IOException | JacksonException e) {
            throw new DamagedCheckpointException("cannot be read: " + e, e);
        }
    }

    private static void requireFiles(Path folder, Map<String, String> expected)
            throws IOException, DamagedCheckpointException {
        for (Map.Entry<String, String> file : expected.entrySet()) {
            Path path = folder.resolve(file.getKey());
            if (!Files.isRegularFile(path)) {
                throw new DamagedCheckpointException(file.getKey() + " is missing");
            }
            String found = Sha256.hex(path);
            if (!found.equals(file.getValue())) {
                throw new DamagedCheckpointException(
                        file.getKey() + " has SHA-256 " + found + ", written was " + file.getValue());
            }
        }
    }

    private static Map<String, String> checksums(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> tree = Files.walk(folder)) {
            files = tree.filter(Files::isRegularFile).toList();
        }
        Map<String, String> checksums = new TreeMap<>();
        for (Path file : files) {
            checksums.put(folder.relativize(file).toString(), Sha256.hex(file));
        }
        return checksums;
    }

    private static Version version(ModelRef ref) {
        return new Version(ref.getNumber(), ref.getIncarnation(), ref.getChecksum());
    }

    /** The fields of a message that are set, for people to read. */
    private static Map<String, Object> fields(Message message) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            Object value = field.getValue() instanceof Message nested ? fields(nested) : field.getValue();
            fields.put(field.getKey().getName(), value);
        }
        return fields;
    }

    /** The file {@code trainer.json}. */
    record Trainer(
            Version version,
            Version base,
            String manifestSha256,
            String initialChecksum,
            long step,
            @Nullable Map<String, Object> settings,
            Map<String, String> files) {}

    record Version(long number, int incarnation, String checksum) {

        ModelRef toRef() {
            return ModelRef.newBuilder()
                    .setNumber(number)
                    .setIncarnation(incarnation)
                    .setChecksum(checksum)
                    .build();
        }
    }
}
