package dev.cooper.orchestrator.run;

import dev.cooper.orchestrator.spec.RunSpec;
import dev.cooper.proto.v1.AdoptRequest;
import dev.cooper.proto.v1.AttachRequest;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.TrainRequest;
import dev.cooper.proto.v1.TrainingSettings;

/** What the driver asks of the trainers, made from the rows. */
final class TrainerCalls {

    /** Of a reward model that is never trained: its trainer only puts its version 0 into the weight store. */
    private static final TrainingSettings NEVER_TRAINED = TrainingSettings.newBuilder()
            .setLearningRate(1e-5)
            .setMaxGradientNorm(1)
            .setMiniBatches(1)
            .setMicroBatchTokens(8192)
            .setCheckpointEvery(1)
            .setKeepVersions(2)
            .build();

    private TrainerCalls() {}

    static AttachRequest attach(Run run, ModelKind kind) {
        AttachRequest.Builder request = AttachRequest.newBuilder()
                .setRunId(run.id())
                .setFence(run.fence())
                .setKind(kind);
        return (kind == ModelKind.REWARD ? reward(request, run) : policy(request, run)).build();
    }

    private static AttachRequest.Builder policy(AttachRequest.Builder request, Run run) {
        RunSpec.Policy policy = run.spec().policy();
        return request.setInitialModel(policy.model())
                .setInitialChecksum(known(run.initialChecksum(), policy.checksum()))
                .setSettings(run.spec().training());
    }

    private static AttachRequest.Builder reward(AttachRequest.Builder request, Run run) {
        RunSpec.Reward reward = run.spec().reward().orElseThrow();
        return request.setInitialModel(reward.model())
                .setInitialChecksum(known(run.rewardInitialChecksum(), reward.checksum()))
                .setSettings(reward.trainerSettings().orElseGet(() -> neverTrained(reward)));
    }

    private static TrainingSettings neverTrained(RunSpec.Reward reward) {
        TrainingSettings.Builder settings = NEVER_TRAINED.toBuilder().setScoring(reward.scoring());
        reward.probe().ifPresent(settings::setProbe);
        return settings.build();
    }

    /** What the run began with; before it has begun, what its user said it must begin with. */
    private static String known(String frozen, String specified) {
        return frozen.isEmpty() ? specified : frozen;
    }

    /** As {@link #attach(Run, ModelKind)}, but loads no later version than this. */
    static AttachRequest attach(Run run, ModelKind kind, long newestAllowed) {
        return attach(run, kind).toBuilder().setNewestAllowed(newestAllowed).build();
    }

    static AdoptRequest adopt(Run run, ModelKind kind, ModelRef held, ModelRef becomes) {
        return AdoptRequest.newBuilder()
                .setRunId(run.id())
                .setFence(run.fence())
                .setKind(kind)
                .setHeld(held)
                .setBecomes(becomes)
                .build();
    }

    /** The step's update, for the first time. */
    static TrainRequest train(Run run, Step step, ModelKind kind) {
        ModelUpdate update = step.update(kind);
        return TrainRequest.newBuilder()
                .setRunId(run.id())
                .setFence(run.fence())
                .setStep(step.number())
                .setBase(update.before())
                .setManifest(update.manifest().orElseThrow())
                .build();
    }

    /** The update of a step that was trained before, from what the trainer holds. */
    static TrainRequest replay(Run run, Step step, ModelKind kind, ModelRef held) {
        ModelRef recorded = step.update(kind).after().orElseThrow();
        return train(run, step, kind).toBuilder()
                .setBase(held)
                .setExpectedChecksum(recorded.getChecksum())
                .setExpectedIncarnation(recorded.getIncarnation())
                .setAcceptOtherBytes(run.spec().recovery() == RunSpec.Recovery.CONTINUE)
                .build();
    }
}
