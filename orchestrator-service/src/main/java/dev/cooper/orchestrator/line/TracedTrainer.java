package dev.cooper.orchestrator.line;

import dev.cooper.orchestrator.run.Trainer;
import dev.cooper.platform.line.LogScope;
import dev.cooper.platform.tracing.Tracing;
import dev.cooper.proto.v1.AdoptRequest;
import dev.cooper.proto.v1.AttachRequest;
import dev.cooper.proto.v1.TrainRequest;
import dev.cooper.proto.v1.TrainResult;
import dev.cooper.proto.v1.TrainerState;

/** Calls a trainer within the trace of the step that the call is for. */
public final class TracedTrainer implements Trainer {

    private final Trainer trainer;
    private final Tracing tracing;

    public TracedTrainer(Trainer trainer, Tracing tracing) {
        this.trainer = trainer;
        this.tracing = tracing;
    }

    /** Steps attach again and again to see what the trainer holds, so the call is of no step. */
    @Override
    public TrainerState attach(AttachRequest request) {
        return trainer.attach(request);
    }

    @Override
    public TrainResult train(TrainRequest request) {
        try (LogScope _ = tracing.inStep(request.getRunId(), request.getStep())) {
            return trainer.train(request);
        }
    }

    @Override
    public TrainResult adopt(AdoptRequest request) {
        return trainer.adopt(request);
    }
}
