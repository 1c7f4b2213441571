package dev.cooper.reward.training;

import dev.cooper.languagemodel.reward.RewardModel;
import dev.cooper.languagemodel.reward.RewardTrainer;
import dev.cooper.modelruntime.storage.DurableFiles;
import dev.cooper.platform.failure.CooperException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a training is kept: {@code training.json} says of what it is, {@code checkpoint-N} holds weights, optimiser and
 * place after step N, {@code model} the best weights so far, and at the end there are {@code report.json},
 * {@code report.html} and {@code reliability.svg}, and no checkpoint any more.
 */
final class TrainingFolder {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();
    private static final String CHECKPOINT = "checkpoint-";
    private static final String OPTIMIZER = "optimizer.safetensors";
    private static final String PLACE = "place.json";

    private final Path folder;

    private TrainingFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Opens or makes the folder.
     *
     * @throws CooperException BAD_INPUT if it holds another training
     */
    static TrainingFolder open(Path folder, Origin origin) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("training.json");
        if (!Files.exists(file)) {
            DurableFiles.writeText(file, JSON.writeValueAsString(origin));
        } else if (!read(file, Origin.class).equals(origin)) {
            throw CooperException.badInput(
                    file.toString(),
                    "is of a training with other settings, data or weights to begin with; give another folder, or"
                            + " delete that one");
        }
        return new TrainingFolder(folder);
    }

    /** The newest place to go on from. */
    Optional<Path> checkpoint() {
        return DurableFiles.children(folder).stream()
                .filter(name -> name.startsWith(CHECKPOINT))
                .max(Comparator.comparingInt(name -> Integer.parseInt(name.substring(CHECKPOINT.length()))))
                .map(folder::resolve);
    }

    static Place restore(Path checkpoint, RewardTrainer trainer) throws IOException {
        trainer.optimizer().restore(checkpoint.resolve(OPTIMIZER));
        return read(checkpoint.resolve(PLACE), Place.class);
    }

    /** Keeps a place, and no other from then on. */
    void save(Place place, RewardModel model, RewardTrainer trainer) {
        String name = CHECKPOINT + place.step();
        DurableFiles.writeFolder(folder.resolve(name), target -> {
            model.save(target);
            trainer.optimizer().save(target.resolve(OPTIMIZER));
            Files.writeString(target.resolve(PLACE), JSON.writeValueAsString(place));
        });
        removeCheckpointsBut(name);
    }

    private void removeCheckpointsBut(String kept) {
        DurableFiles.children(folder).stream()
                .filter(name -> name.startsWith(CHECKPOINT) && !name.equals(kept))
                .forEach(name -> DurableFiles.removeFolder(folder.resolve(name)));
    }

    Path model() {
        return folder.resolve("model");
    }

    void keepBest(RewardModel model) {
        DurableFiles.writeFolder(model(), model::save);
    }

    Optional<RewardTrainingReport> report() throws IOException {
        Path file = reportFile();
        return Files.exists(file) ? Optional.of(read(file, RewardTrainingReport.class)) : Optional.empty();
    }

    /** Writes the report, which ends the training. */
    void finish(RewardTrainingReport report) {
        DurableFiles.writeText(folder.resolve("report.html"), new RewardTrainingPage(report).html());
        DurableFiles.writeText(
                folder.resolve("reliability.svg"),
                ReliabilityDiagram.standalone(RewardTrainingPage.judged(report).get("")));
        DurableFiles.writeText(reportFile(), JSON.writeValueAsString(report));
        removeCheckpointsBut("");
    }

    private Path reportFile() {
        return folder.resolve("report.json");
    }

    private static <T> T read(Path file, Class<T> type) throws IOException {
        try {
            return JSON.readValue(Files.readString(file), type);
        } catch (JacksonException e) {
            throw CooperException.badInput(
                    file.toString(),
                    "cannot be read: " + e.getOriginalMessage() + "; delete the folder and begin anew");
        }
    }
}
