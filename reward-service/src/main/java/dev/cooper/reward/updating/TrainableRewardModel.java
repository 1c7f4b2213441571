package dev.cooper.reward.updating;

import dev.cooper.languagemodel.reward.AnchoredMetrics;
import dev.cooper.languagemodel.reward.PairMetrics;
import dev.cooper.languagemodel.reward.RewardModel;
import dev.cooper.languagemodel.reward.RewardTrainer;
import dev.cooper.languagemodel.reward.ScoreQuality;
import dev.cooper.languagemodel.reward.TokenPair;
import dev.cooper.languagemodel.training.AdamW;
import dev.cooper.modelruntime.trainer.PreparedUpdate;
import dev.cooper.modelruntime.trainer.TrainableFolder;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.reward.updating.Anchor.Drawn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A reward model with its optimizer, trained on pairs: one optimiser step over all pairs of a step, and over what is
 * drawn of the anchor.
 */
final class TrainableRewardModel extends TrainableFolder {

    private final RewardModel model;
    private final RewardTraining training;
    private final Optional<Probe> probe;
    private final Optional<Promotion> promotion;
    private final RewardTrainer trainer;

    /** Takes the model over, and closes it. */
    TrainableRewardModel(
            RewardModel model, RewardTraining training, Optional<Probe> probe, Optional<Promotion> promotion) {
        this(
                model,
                training,
                probe,
                promotion,
                new RewardTrainer(model, training.optimizer(), training.microBatchTokens(), training.checkpointing()));
    }

    private TrainableRewardModel(
            RewardModel model,
            RewardTraining training,
            Optional<Probe> probe,
            Optional<Promotion> promotion,
            RewardTrainer trainer) {
        super(model, trainer.optimizer());
        this.model = model;
        this.training = training;
        this.probe = probe;
        this.promotion = promotion;
        this.trainer = trainer;
    }

    @Override
    public PreparedUpdate prepare(long step, List<LogRecord> records) {
        Drawn anchor = training.anchor()
                .map(labelled -> labelled.draw(step, model, training.input()))
                .orElse(Drawn.NOTHING);
        return new PairUpdate(new PairReader(model, training.input()).read(records, anchor));
    }

    @Override
    public Map<String, Double> measure() {
        return probe.map(on -> Probe.metrics(held(on))).orElse(Map.of());
    }

    private ScoreQuality held(Probe on) {
        return promotion.map(judge -> judge.held(() -> measured(on))).orElseGet(() -> measured(on));
    }

    private ScoreQuality measured(Probe on) {
        return on.measure(model, training.microBatchTokens());
    }

    @Override
    protected void saveBeside(Path checkpoint) throws IOException {
        if (promotion.isPresent()) {
            promotion.get().save(checkpoint, () -> measured(probe.orElseThrow()));
        }
    }

    private final class PairUpdate implements PreparedUpdate {

        private final PairBatch batch;
        private final String sha256;
        private boolean kept = true;

        PairUpdate(PairBatch batch) {
            this.batch = batch;
            this.sha256 = batch.sha256();
        }

        @Override
        public String batchSha256() {
            return sha256;
        }

        @Override
        public boolean teaches() {
            return !batch.pairs().isEmpty();
        }

        @Override
        public Map<String, Double> metrics() {
            Map<String, Double> metrics = new TreeMap<>();
            metrics.put("pairs", (double) batch.pairs().size());
            metrics.put("pairs_cut_equal", (double) batch.cutEqual());
            metrics.put("tokens", (double)
                    batch.tokens().stream().mapToLong(TokenPair::tokens).sum());
            if (training.anchor().isPresent()) {
                metrics.put("anchor_examples", (double)
                        batch.anchor().term().examples().size());
                metrics.put("anchor_too_long", (double) batch.anchor().tooLong());
            }
            return metrics;
        }

        @Override
        public Map<String, Double> apply() {
            if (promotion.isPresent()) {
                return learnIfItHelps(probe.orElseThrow(), promotion.get());
            }
            Map<String, Double> metrics = learn();
            probe.filter(on -> on.measures(trainer.optimizer().steps()))
                    .ifPresent(on -> metrics.putAll(Probe.metrics(measured(on))));
            return metrics;
        }

        /** The candidate is measured before anybody hears of it. */
        private Map<String, Double> learnIfItHelps(Probe on, Promotion judge) {
            ScoreQuality held = judge.held(() -> measured(on));
            try (AdamW.Kept before = trainer.optimizer().keep()) {
                Map<String, Double> metrics = learn();
                ScoreQuality candidate = measured(on);
                kept = judge.admits(candidate);
                metrics.put("rejected", kept ? 0.0 : 1.0);
                if (kept) {
                    judge.promote(candidate);
                    metrics.putAll(Probe.metrics(candidate));
                } else {
                    before.restore();
                    metrics.putAll(Probe.metrics(held));
                    metrics.putAll(Probe.rejected(candidate));
                }
                return metrics;
            }
        }

        @Override
        public boolean kept() {
            return kept;
        }

        private Map<String, Double> learn() {
            double learningRate = training.learningRate().at(trainer.optimizer().steps());
            AnchoredMetrics done;
            try {
                done = trainer.update(batch.tokens(), batch.anchor().term(), learningRate);
            } catch (ArithmeticException e) {
                throw new CooperException(FailureReason.MODEL_FAULT, String.valueOf(e.getMessage()), e);
            }
            Map<String, Double> metrics = new TreeMap<>(ofPairs(done.pairs()));
            metrics.put("learning_rate", learningRate);
            if (!batch.anchor().term().examples().isEmpty()) {
                metrics.put("anchor_loss", done.anchorLoss());
                metrics.put("anchor_accuracy", done.anchorAccuracy());
            }
            return metrics;
        }

        private static Map<String, Double> ofPairs(PairMetrics done) {
            return Map.of(
                    "loss", done.loss(),
                    "pair_accuracy", done.accuracy(),
                    "margin_mean", done.marginMean(),
                    "margin_after_mean", done.marginAfterMean(),
                    "grad_norm", done.gradientNorm());
        }
    }

    @Override
    public void close() {
        trainer.close();
        model.close();
    }
}
