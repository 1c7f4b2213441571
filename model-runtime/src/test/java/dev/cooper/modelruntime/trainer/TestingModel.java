package dev.cooper.modelruntime.trainer;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.Sha256;
import dev.cooper.proto.v1.TrainingSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A model whose weights are a text and whose optimizer is a count: an update appends what the records say. Records that
 * all say "nothing" teach nothing; what "worse" teaches is undone.
 */
public final class TestingModel implements TrainableModel {

    public static final String WEIGHTS = "weights.txt";
    private static final String OPTIMIZER = "optimizer.txt";

    private final Factory factory;
    private String weights;
    private int updates;

    private TestingModel(Factory factory, String weights, int updates) {
        this.factory = factory;
        this.weights = weights;
        this.updates = updates;
    }

    static String checksumOf(Path folder) throws IOException {
        return Sha256.hex(Files.readString(folder.resolve(WEIGHTS)));
    }

    @Override
    public PreparedUpdate prepare(long step, List<LogRecord> records) {
        String batch = records.stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .collect(Collectors.joining(","));
        return new PreparedUpdate() {
            @Override
            public String batchSha256() {
                return Sha256.hex(batch);
            }

            @Override
            public boolean teaches() {
                return !batch.replace("nothing", "").replace(",", "").isEmpty();
            }

            @Override
            public Map<String, Double> metrics() {
                return Map.of("groups_used", (double) records.size());
            }

            @Override
            public Map<String, Double> apply() {
                factory.updates++;
                if (!kept()) {
                    return Map.of("loss", 9.0);
                }
                updates++;
                weights += "|" + updates + ":" + batch + factory.hardware;
                factory.afterUpdate.run();
                return Map.of("loss", 1.0 / updates);
            }

            @Override
            public boolean kept() {
                return !batch.contains("worse");
            }
        };
    }

    @Override
    public String checksum() {
        return Sha256.hex(weights);
    }

    @Override
    public long parameters() {
        return weights.length();
    }

    @Override
    public void save(Path folder) throws IOException {
        Files.writeString(folder.resolve(WEIGHTS), weights);
        factory.afterSave.run();
    }

    @Override
    public void saveCheckpoint(Path folder) throws IOException {
        Files.writeString(folder.resolve(WEIGHTS), weights);
        Files.writeString(folder.resolve(OPTIMIZER), Integer.toString(updates));
        factory.afterCheckpoint.run();
    }

    @Override
    public void close() {
        factory.open--;
    }

    /** Loads them, counts them, and lets a test break in. */
    public static final class Factory implements TrainableModelFactory {
        int loads;
        int updates;
        int open;
        private String hardware = "";

        Runnable afterUpdate = () -> {};
        Runnable afterSave = () -> {};
        Runnable afterCheckpoint = () -> {};

        /** Something that changes the arithmetic, such as another instruction set. */
        public void runOn(String changed) {
            hardware = changed;
        }

        /** Models that nobody closed. */
        public int open() {
            return open;
        }

        @Override
        public TrainableModel initial(Path folder, TrainingSettings settings) {
            if (!Files.isDirectory(folder)) {
                throw CooperException.badInput("initial_model", folder + " is missing");
            }
            return load(folder, 0);
        }

        @Override
        public TrainableModel resume(Path checkpoint, Path reference, TrainingSettings settings) {
            return load(checkpoint, Integer.parseInt(read(checkpoint.resolve(OPTIMIZER))));
        }

        private TestingModel load(Path folder, int updates) {
            loads++;
            open++;
            return new TestingModel(this, read(folder.resolve(WEIGHTS)), updates);
        }

        private static String read(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw CooperException.badInput(file.toString(), "cannot be read: " + e);
            }
        }
    }
}
