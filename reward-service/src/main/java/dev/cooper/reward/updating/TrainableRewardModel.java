package dev.cooper.reward.updating;

import dev.cooper.languagemodel.reward.PairMetrics;
import dev.cooper.languagemodel.reward.RewardModel;
import dev.cooper.languagemodel.reward.RewardTrainer;
import dev.cooper.languagemodel.reward.TokenPair;
import dev.cooper.modelruntime.trainer.PreparedUpdate;
import dev.cooper.modelruntime.trainer.TrainableFolder;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.proto.v1.FailureReason;
import java.util.List;
import java.util.Map;

/** A reward model with its optimizer, trained on pairs: one optimiser step over all pairs of a step. */
final class TrainableRewardModel extends TrainableFolder {

    private final RewardModel model;
    private final RewardTraining training;
    private final RewardTrainer trainer;

    /** Takes the model over, and closes it. */
    TrainableRewardModel(RewardModel model, RewardTraining training) {
        this(
                model,
                training,
                new RewardTrainer(model, training.optimizer(), training.microBatchTokens(), training.checkpointing()));
    }

    private TrainableRewardModel(RewardModel model, RewardTraining training, RewardTrainer trainer) {
        super(model, trainer.optimizer());
        this.model = model;
        this.training = training;
        this.trainer = trainer;
    }

    @Override
    public PreparedUpdate prepare(long step, List<LogRecord> records) {
        return new PairUpdate(new PairReader(model, training.input()).read(records));
    }

    private final class PairUpdate implements PreparedUpdate {

        private final PairBatch batch;
        private final String sha256;

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
            return Map.of(
                    "pairs",
                    (double) batch.pairs().size(),
                    "pairs_cut_equal",
                    (double) batch.cutEqual(),
                    "tokens",
                    (double)
                            batch.tokens().stream().mapToLong(TokenPair::tokens).sum());
        }

        @Override
        public Map<String, Double> apply() {
            double learningRate = training.learningRate().at(trainer.optimizer().steps());
            try {
                PairMetrics done = trainer.update(batch.tokens(), learningRate);
                return Map.of(
                        "loss", done.loss(),
                        "pair_accuracy", done.accuracy(),
                        "margin_mean", done.marginMean(),
                        "margin_after_mean", done.marginAfterMean(),
                        "grad_norm", done.gradientNorm(),
                        "learning_rate", learningRate);
            } catch (ArithmeticException e) {
                throw new CooperException(FailureReason.MODEL_FAULT, String.valueOf(e.getMessage()), e);
            }
        }
    }

    @Override
    public void close() {
        trainer.close();
        model.close();
    }
}
