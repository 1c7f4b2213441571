package dev.cooper.simulation;

import dev.cooper.modelruntime.trainer.PreparedUpdate;
import dev.cooper.modelruntime.trainer.TrainableModel;
import dev.cooper.modelruntime.trainer.TrainableModelFactory;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.Sha256;
import dev.cooper.proto.v1.Completion;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.PairOutcome;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.TrainingSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A model whose weights are a hash: of the weights before and of the batch. It dies in the middle of things. */
final class ToyModel implements TrainableModel {
    private static final String WEIGHTS = "weights.txt";

    private final ModelKind kind;
    private final Chance chance;
    private String weights;

    private ToyModel(ModelKind kind, String weights, Chance chance) {
        this.kind = kind;
        this.weights = weights;
        this.chance = chance;
    }

    static TrainableModelFactory factory(ModelKind kind, Chance chance) {
        return new TrainableModelFactory() {
            @Override
            public TrainableModel initial(Path folder, TrainingSettings settings) {
                return new ToyModel(kind, Sha256.hex(folder.toString()), chance);
            }

            @Override
            public TrainableModel resume(Path checkpoint, Path reference, TrainingSettings settings) {
                return new ToyModel(kind, read(checkpoint), chance);
            }
        };
    }

    /** The weights in a folder that {@link #save} wrote. */
    static String read(Path folder) {
        try {
            return Files.readString(folder.resolve(WEIGHTS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public PreparedUpdate prepare(long step, List<LogRecord> records) {
        chance.mayCrash("trainer while reading its batch");
        String batch = Sha256.hex(records.stream().map(this::content).collect(Collectors.joining("\n")));
        return new PreparedUpdate() {
            @Override
            public String batchSha256() {
                return batch;
            }

            @Override
            public boolean teaches() {
                // Every seventh step or so has nothing to teach a policy.
                return kind == ModelKind.REWARD || step % 7 != 5;
            }

            @Override
            public Map<String, Double> metrics() {
                return Map.of();
            }

            @Override
            public Map<String, Double> apply() {
                weights = Sha256.hex("half of " + weights);
                chance.mayCrash("trainer in the middle of an update");
                weights = Sha256.hex(weights + batch + chance.noise());
                return Map.of("loss", 1.0);
            }
        };
    }

    private String content(LogRecord record) {
        return kind == ModelKind.REWARD
                ? pair(Messages.parse(record, PairOutcome.parser()))
                : group(Messages.parse(record, ScoredGroup.parser()));
    }

    private static String pair(PairOutcome outcome) {
        return outcome.getGroup().getSlot() + ":" + outcome.getPair();
    }

    private static String group(ScoredGroup group) {
        var rollouts = group.getVerified().getRollouts();
        return rollouts.getRequest().getGroup().getSlot() + ":"
                + rollouts.getRollouts().getPolicy().getChecksum() + ":"
                + rollouts.getRollouts().getCompletionsList().stream()
                        .map(Completion::getText)
                        .collect(Collectors.joining("|"))
                + ":" + group.getVerified().getVerdicts() + ":" + group.getScores();
    }

    @Override
    public String checksum() {
        return weights;
    }

    @Override
    public long parameters() {
        return 1;
    }

    @Override
    public void save(Path folder) throws IOException {
        Files.writeString(folder.resolve(WEIGHTS), weights.substring(0, 10));
        chance.mayCrash("trainer in the middle of writing weights");
        Files.writeString(folder.resolve(WEIGHTS), weights);
    }

    @Override
    public void saveCheckpoint(Path folder) throws IOException {
        save(folder);
    }

    @Override
    public void close() {
        weights = "closed";
    }
}
