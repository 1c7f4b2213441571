package dev.cooper.cli.replay;

import dev.cooper.modelruntime.replay.Replay;
import dev.cooper.modelruntime.replay.ReplayDifference;
import dev.cooper.modelruntime.replay.ReplayReport;
import dev.cooper.modelruntime.replay.ReplaySettings;
import dev.cooper.modelruntime.replay.ReplayStart.FromInitialModel;
import dev.cooper.modelruntime.replay.ReplayedStep;
import dev.cooper.modelruntime.trainer.TrainableModelFactory;
import dev.cooper.orchestrator.archive.ArchivedStep;
import dev.cooper.orchestrator.archive.ArchivedUpdate;
import dev.cooper.orchestrator.spec.RunSpec;
import dev.cooper.policy.training.PolicyModels;
import dev.cooper.proto.v1.TrainingSettings;
import dev.cooper.reward.updating.RewardModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Trains the models of a run again from the initial ones, by the records of its archive alone, and compares every
 * checksum with the recorded one.
 */
public final class OfflineReplay {
    private final Path storage;
    private final Clock clock;
    private final Progress progress;

    /** Told of each step that came out as recorded. */
    @FunctionalInterface
    public interface Progress {
        /**
         * A step came out as recorded.
         *
         * @param done moves of this model so far
         * @param total of this model
         */
        void replayed(String model, long step, long version, Duration took, int done, int total);
    }

    /**
     * What became of one model.
     *
     * @param steps that were trained again and came out as recorded
     * @param version the last one that did
     * @param difference the first thing that did not; empty when all of it did
     */
    public record Replayed(
            String model, int steps, long version, String checksum, Duration took, Optional<String> difference) {}

    /**
     * A replay of what a storage folder holds.
     *
     * @param storage folder with {@code archive} in it
     */
    public OfflineReplay(Path storage, Clock clock, Progress progress) {
        this.storage = storage;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * Replays the policy, and the reward model if the run trained one.
     *
     * @throws java.nio.file.NoSuchFileException if nothing of the run is archived
     * @throws dev.cooper.platform.failure.CooperException naming the file, when the archive or a model is damaged
     */
    public List<Replayed> run(String runId) throws IOException {
        List<Replayed> models = new ArrayList<>();
        try (ArchivedRun run = ArchivedRun.open(storage, runId)) {
            RunSpec spec = run.requireEveryStep().spec();
            models.add(replay(
                    "policy",
                    new ArchiveSource(run, step -> Optional.of(step.policy())),
                    new PolicyModels(),
                    spec.training(),
                    new FromInitialModel(Path.of(spec.policy().model()), run.policyChecksum())));
            Optional<TrainingSettings> trained = spec.reward().flatMap(RunSpec.Reward::trainerSettings);
            if (trained.isPresent()) {
                Path model = Path.of(spec.reward().orElseThrow().model());
                Function<ArchivedStep, Optional<ArchivedUpdate>> update = ArchivedStep::reward;
                models.add(replay(
                        "reward model",
                        new ArchiveSource(run, update),
                        new RewardModels(),
                        trained.get(),
                        new FromInitialModel(model, run.rewardChecksum())));
            }
        }
        return models;
    }

    private Replayed replay(
            String name,
            ArchiveSource source,
            TrainableModelFactory models,
            TrainingSettings training,
            FromInitialModel start)
            throws IOException {
        Path work = Files.createTempDirectory("cooper-replay");
        try {
            ReplaySettings settings = new ReplaySettings(models, training, work, clock);
            ReplayReport report =
                    new Replay(settings, source, (step, done, total) -> tell(name, step, done, total)).run(start);
            return new Replayed(
                    name,
                    report.steps().size(),
                    report.reached().getNumber(),
                    report.reached().getChecksum(),
                    report.steps().stream().map(ReplayedStep::took).reduce(Duration.ZERO, Duration::plus),
                    report.difference().map(ReplayDifference::inWords));
        } finally {
            Files.deleteIfExists(work);
        }
    }

    private void tell(String name, ReplayedStep step, int done, int total) {
        progress.replayed(name, step.step(), step.version().getNumber(), step.took(), done, total);
    }
}
