package dev.cooper.reward.training;

import dev.cooper.languagemodel.InvalidModelException;
import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.random.CounterRandom;
import dev.cooper.languagemodel.random.Shuffle;
import dev.cooper.languagemodel.reward.LabelMetrics;
import dev.cooper.languagemodel.reward.LabelledTokens;
import dev.cooper.languagemodel.reward.RewardModel;
import dev.cooper.languagemodel.reward.RewardTrainer;
import dev.cooper.languagemodel.reward.ScoreQuality;
import dev.cooper.languagemodel.torch.TorchEngine;
import dev.cooper.languagemodel.training.LearningRate;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.reward.training.RewardTrainingReport.DataFigures;
import dev.cooper.reward.training.RewardTrainingSpec.Start;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trains a reward model on labelled completions: AdamW on the mean binary cross-entropy of the logits, the weights with
 * the best AUC on held-back questions kept. It goes on where it was stopped, bit for bit on one CPU with one number of
 * threads.
 */
public final class RewardTrainingRun {

    private final RewardTrainingSpec spec;
    private final Path folder;
    private final TrainingObserver observer;
    private final InstantSource clock;

    /** @param folder where it is kept; new, or that of the same training, which then goes on */
    public RewardTrainingRun(RewardTrainingSpec spec, Path folder, TrainingObserver observer, InstantSource clock) {
        this.spec = spec;
        this.folder = folder;
        this.observer = observer;
        this.clock = clock;
    }

    /** Folder of the best weights, in Hugging Face layout, below the training's folder. */
    public static Path model(Path folder) {
        return folder.resolve("model");
    }

    /**
     * Trains to the end, unless that was done before.
     *
     * @return empty if the observer asked to stop
     * @throws InvalidModelException naming the file of the model to begin with that cannot be used: no head where it
     *     needs one, several labels, values that are no numbers
     * @throws CooperException BAD_INPUT naming the file and line or field that is wrong, MODEL_FAULT if a score or
     *     gradient is no number
     */
    public Optional<RewardTrainingReport> run() throws IOException {
        // Its weights are needed only where no checkpoint has others; that it is still the same is checked always.
        RewardModel model = begin();
        try {
            Origin origin = Origin.of(spec, model.checksum());
            TrainingFolder kept = TrainingFolder.open(folder, origin);
            Optional<RewardTrainingReport> done = kept.report();
            if (done.isPresent()) {
                return done;
            }
            Optional<Path> checkpoint = kept.checkpoint();
            if (checkpoint.isPresent()) {
                model.close();
                model = RewardModel.load(checkpoint.get());
            }
            TrainingData data = new TrainingDataReader(spec, model).read();
            Optional<Place> end = train(model, data, kept, checkpoint);
            if (end.isEmpty()) {
                return Optional.empty();
            }
            RewardTrainingReport report = report(origin, kept, data, end.get());
            kept.finish(report);
            return Optional.of(report);
        } finally {
            model.close();
        }
    }

    private RewardModel begin() throws IOException {
        return switch (spec.start()) {
            case Start.HeadedModel(Path model) -> RewardModel.load(model);
            case Start.Base(Path base) -> {
                try (LanguageModel loaded = LanguageModel.load(base)) {
                    yield RewardModel.fromBase(loaded, CounterRandom.key(spec.seed(), "head"));
                }
            }
        };
    }

    private Optional<Place> train(RewardModel model, TrainingData data, TrainingFolder kept, Optional<Path> checkpoint)
            throws IOException {
        try (RewardTrainer trainer = new RewardTrainer(
                model,
                spec.optimisation().optimizer(),
                spec.optimisation().microBatchTokens(),
                spec.optimisation().activationCheckpointing())) {
            Place place = checkpoint.isPresent() ? TrainingFolder.restore(checkpoint.get(), trainer) : Place.START;
            observer.progress(new TrainingProgress.Begun(
                    data.train().size(),
                    data.validation().size(),
                    data.test().size(),
                    data.tooLong() + data.heldOutQuestion(),
                    place.step()));
            return new Course(model, trainer, data, kept, place).follow();
        } catch (ArithmeticException e) {
            throw new CooperException(
                    FailureReason.MODEL_FAULT,
                    e.getMessage() + " (training.learning_rate), or raise training.warmup_steps",
                    e);
        }
    }

    /** The way from a place to the end. */
    private final class Course {
        private final RewardModel model;
        private final RewardTrainer trainer;
        private final TrainingData data;
        private final TrainingFolder kept;
        private final int stepsAnEpoch;
        private final int steps;
        private final LearningRate learningRates;
        private final TrainingPace pace;
        private Place place;
        private List<Integer> order = List.of();
        private int orderOf = -1;

        Course(RewardModel model, RewardTrainer trainer, TrainingData data, TrainingFolder kept, Place place) {
            this.model = model;
            this.trainer = trainer;
            this.data = data;
            this.kept = kept;
            this.place = place;
            stepsAnEpoch = Math.ceilDiv(data.train().size(), spec.optimisation().batchSize());
            steps = Math.multiplyExact(stepsAnEpoch, spec.optimisation().epochs());
            learningRates = spec.optimisation().learningRates(steps);
            pace = new TrainingPace(clock, place.step());
        }

        /** The place at the end; empty if the observer asked to stop before. */
        Optional<Place> follow() {
            if (!place.isTried() && isTrialDue()) {
                tryOut();
            }
            while (place.step() < steps && !place.isExhausted(spec.evaluation())) {
                if (observer.stopRequested()) {
                    kept.save(place, model, trainer);
                    return Optional.empty();
                }
                step();
                if (isTrialDue()) {
                    tryOut();
                }
                if (place.step() % spec.optimisation().checkpointEvery() == 0) {
                    kept.save(place, model, trainer);
                }
            }
            return Optional.of(place);
        }

        private boolean isTrialDue() {
            return place.step() % spec.evaluation().every() == 0 || place.step() == steps;
        }

        private void step() {
            int done = place.step();
            double learningRate = learningRates.at(done);
            LabelMetrics metrics = trainer.fit(batch(done), learningRate);
            place = place.stepped(metrics.loss());
            pace.add(metrics.tokens());
            observer.progress(new TrainingProgress.Stepped(
                    place.step(),
                    steps,
                    done / stepsAnEpoch + 1,
                    metrics.loss(),
                    learningRate,
                    pace.tokensPerSecond(),
                    pace.remaining(place.step(), steps)));
        }

        private List<LabelledTokens> batch(int step) {
            int epoch = step / stepsAnEpoch;
            if (epoch != orderOf) {
                order = Shuffle.order(
                        CounterRandom.key(CounterRandom.key(spec.seed(), "order"), epoch),
                        data.train().size());
                orderOf = epoch;
            }
            int from = step % stepsAnEpoch * spec.optimisation().batchSize();
            int to = Math.min(from + spec.optimisation().batchSize(), order.size());
            return order.subList(from, to).stream()
                    .map(data.train().examples()::get)
                    .toList();
        }

        private void tryOut() {
            Judged judged =
                    Judged.of(model, data.validation(), spec.optimisation().microBatchTokens());
            ScoreQuality quality = judged.all();
            Trial trial = new Trial(
                    place.step(),
                    place.trainingLoss(),
                    judged.loss(),
                    quality.accuracy(),
                    quality.auc().orElseThrow(),
                    quality.calibrationError());
            boolean best = place.isBest(trial, spec.evaluation());
            if (best) {
                kept.keepBest(model);
            }
            place = place.tried(trial, best);
            observer.progress(new TrainingProgress.Tried(trial, best));
        }
    }

    private RewardTrainingReport report(Origin origin, TrainingFolder kept, TrainingData data, Place end)
            throws IOException {
        int tokens = spec.optimisation().microBatchTokens();
        try (RewardModel best = RewardModel.load(kept.model())) {
            return new RewardTrainingReport(
                    origin,
                    TorchEngine.describe(),
                    best.weights().count(),
                    DataFigures.of(data),
                    end.trials(),
                    end.step(),
                    end.isExhausted(spec.evaluation()),
                    end.best(),
                    best.checksum(),
                    Judged.of(best, data.validation(), tokens).byType(),
                    data.test().size() == 0
                            ? Map.of()
                            : Judged.of(best, data.test(), tokens).byType());
        }
    }
}
