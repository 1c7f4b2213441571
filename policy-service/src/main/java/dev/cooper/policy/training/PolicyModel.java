package dev.cooper.policy.training;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.training.PolicyMetrics;
import dev.cooper.languagemodel.training.PolicyTrainer;
import dev.cooper.modelruntime.trainer.PreparedUpdate;
import dev.cooper.modelruntime.trainer.TrainableFolder;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ScoredGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A policy with its optimizer, trained by GRPO on scored groups. */
final class PolicyModel extends TrainableFolder {

    private final LanguageModel model;
    private final Optional<CausalLanguageModel> reference;
    private final PolicyTraining training;
    private final PolicyTrainer trainer;

    /** Takes model and reference over, and closes them. */
    PolicyModel(LanguageModel model, Optional<CausalLanguageModel> reference, PolicyTraining training) {
        this(model, reference, training, new PolicyTrainer(model.network(), reference, training.policy()));
    }

    private PolicyModel(
            LanguageModel model,
            Optional<CausalLanguageModel> reference,
            PolicyTraining training,
            PolicyTrainer trainer) {
        super(model, trainer.optimizer());
        this.model = model;
        this.reference = reference;
        this.training = training;
        this.trainer = trainer;
    }

    @Override
    public PreparedUpdate prepare(long step, List<LogRecord> records) {
        Rewards rewards = new Rewards(training.rewards());
        List<RewardedGroup> groups = new ArrayList<>();
        for (LogRecord record : records) {
            groups.add(rewards.of(parse(record)));
        }
        return new GrpoUpdate(PolicyBatch.of(groups, training.advantages()));
    }

    private static ScoredGroup parse(LogRecord record) {
        try {
            return ScoredGroup.parseFrom(record.value());
        } catch (InvalidProtocolBufferException e) {
            throw new CooperException(
                    FailureReason.BAD_INPUT,
                    "record " + record.place() + " of the manifest is no scored group: " + e.getMessage(),
                    e,
                    "manifest.records");
        }
    }

    private final class GrpoUpdate implements PreparedUpdate {

        private final PolicyBatch batch;
        private final String sha256;

        GrpoUpdate(PolicyBatch batch) {
            this.batch = batch;
            this.sha256 = batch.sha256();
        }

        @Override
        public String batchSha256() {
            return sha256;
        }

        @Override
        public boolean teaches() {
            return batch.teaches();
        }

        @Override
        public Map<String, Double> metrics() {
            return BatchMetrics.of(batch);
        }

        @Override
        public Map<String, Double> apply() {
            double learningRate = training.learningRate().at(trainer.optimizer().steps());
            try {
                PolicyMetrics done = trainer.update(batch.sequences(), learningRate);
                return BatchMetrics.of(done, learningRate);
            } catch (ArithmeticException e) {
                throw new CooperException(FailureReason.MODEL_FAULT, String.valueOf(e.getMessage()), e);
            }
        }
    }

    @Override
    public void close() {
        trainer.close();
        reference.ifPresent(CausalLanguageModel::close);
        model.close();
    }
}
