package dev.cooper.orchestrator.spec;

import dev.cooper.platform.spec.Fields;
import dev.cooper.platform.spec.Fields.Range;
import dev.cooper.proto.v1.GrpoSettings;
import dev.cooper.proto.v1.ScoringSettings;
import dev.cooper.proto.v1.TrainingSettings;

/** The sections {@code training} and {@code reward.training} of a run specification. */
final class TrainingFields {

    private static final int MANY = 1_000_000;

    private TrainingFields() {}

    /** @param sampling gives the temperature, which training shares, and the size of a batch */
    static TrainingSettings read(Fields fields, RunSpec.Sampling sampling) {
        TrainingSettings settings = TrainingSettings.newBuilder()
                .setLearningRate(fields.number("learning_rate", 1e-6, Range.above(0, 1)))
                .setWarmupSteps(fields.whole("warmup_steps", 20, 0, MANY))
                .setWeightDecay(fields.number("weight_decay", 0.01, Range.of(0, 1)))
                .setMaxGradientNorm(fields.number("max_gradient_norm", 1, Range.above(0, 1000)))
                .setMiniBatches(miniBatches(fields, sampling))
                .setMicroBatchTokens(fields.whole("micro_batch_tokens", 8192, 1, Integer.MAX_VALUE))
                .setActivationCheckpointing(fields.flag("activation_checkpointing", false))
                .setCheckpointEvery(fields.whole("checkpoint_every", 10, 1, MANY))
                .setKeepVersions(fields.whole("keep_versions", 4, 2, MANY))
                .setGrpo(grpo(fields.object("grpo"), sampling.settings().getMaxNewTokens()))
                .setTemperature(sampling.settings().getTemperature())
                .build();
        fields.refuseUnknown();
        return settings;
    }

    /**
     * Those of a reward model: one optimiser step a training step.
     *
     * @param updates how many training steps will train it
     * @param seed of the run
     */
    static TrainingSettings readReward(Fields fields, ScoringSettings scoring, int updates, long seed) {
        TrainingSettings.Builder settings = TrainingSettings.newBuilder()
                .setLearningRate(fields.number("learning_rate", 1e-5, Range.above(0, 1)))
                .setWarmupSteps(fields.whole("warmup_steps", updates / 100, 0, MANY))
                .setWeightDecay(fields.number("weight_decay", 0.01, Range.of(0, 1)))
                .setMaxGradientNorm(fields.number("max_gradient_norm", 1, Range.above(0, 1000)))
                .setMiniBatches(1)
                .setMicroBatchTokens(fields.whole("micro_batch_tokens", 8192, 1, Integer.MAX_VALUE))
                .setActivationCheckpointing(fields.flag("activation_checkpointing", false))
                .setCheckpointEvery(fields.whole("checkpoint_every", 10, 1, MANY))
                .setKeepVersions(fields.whole("keep_versions", 4, 2, MANY))
                .setScoring(scoring);
        LabelledFields.anchor(fields, seed).ifPresent(settings::setAnchor);
        fields.refuseUnknown();
        return settings.build();
    }

    private static int miniBatches(Fields fields, RunSpec.Sampling sampling) {
        int batches = fields.whole("mini_batches", 1, 1, MANY);
        long completions =
                (long) sampling.promptsPerStep() * sampling.settings().getGroupSize();
        if (batches > completions) {
            fields.problem(
                    "mini_batches", "must be at most the completions of a step, " + completions + ", got " + batches);
        }
        return batches;
    }

    private static GrpoSettings grpo(Fields fields, int maxNewTokens) {
        GrpoSettings settings = GrpoSettings.newBuilder()
                .setClipLow(fields.number("clip_low", 0.2, Range.below(0, 1)))
                .setClipHigh(fields.number("clip_high", 0.2, Range.of(0, 10)))
                .setDualClip(dualClip(fields))
                .setKlCoefficient(fields.number("kl_coefficient", 0.001, Range.of(0, 10)))
                .setKlEstimator(fields.choice("kl_estimator", "k3", SpecFields.same("k1", "k2", "k3")))
                .setAggregation(fields.choice(
                        "aggregation", "token-mean", SpecFields.same("token-mean", "sequence-mean", "sequence-sum")))
                .setConstantLength(fields.whole("constant_length", maxNewTokens, 1, MANY))
                .setDivideByStd(fields.flag("divide_by_std", true))
                .setLeaveOneOut(fields.flag("leave_one_out", false))
                .setAdvantageEpsilon(fields.number("advantage_epsilon", 1e-6, Range.above(0, 1)))
                .setMaskTruncated(fields.flag("mask_truncated", false))
                .setMaskUndecided(fields.flag("mask_undecided", false))
                .build();
        fields.refuseUnknown();
        return settings;
    }

    private static double dualClip(Fields fields) {
        double clip = fields.number("dual_clip", 0, Range.of(0, 100));
        if (clip != 0 && clip <= 1) {
            fields.problem("dual_clip", "must be above 1 (3 is usual), or 0 for none, got " + clip);
        }
        return clip;
    }
}
