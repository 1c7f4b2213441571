package dev.cooper.orchestrator.run;

import dev.cooper.proto.v1.AttachRequest;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.TrainRequest;

/** What the driver asks of the trainer, made from the rows. */
final class TrainerCalls {

    private TrainerCalls() {}

    static AttachRequest attach(Run run) {
        return AttachRequest.newBuilder()
                .setRunId(run.id())
                .setFence(run.fence())
                .setKind(ModelKind.POLICY)
                .setInitialModel(run.spec().policy().model())
                .setInitialChecksum(run.initialChecksum())
                .setSettings(run.spec().training())
                .build();
    }

    /** @param expected checksum of the result when the step was trained before; empty otherwise */
    static TrainRequest train(Run run, Step step, String expected) {
        return TrainRequest.newBuilder()
                .setRunId(run.id())
                .setFence(run.fence())
                .setStep(step.number())
                .setBase(step.before())
                .setManifest(step.manifest().orElseThrow())
                .setExpectedChecksum(expected)
                .build();
    }
}
