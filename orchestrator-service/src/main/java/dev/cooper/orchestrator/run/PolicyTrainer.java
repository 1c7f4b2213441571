package dev.cooper.orchestrator.run;

import dev.cooper.proto.v1.AttachRequest;
import dev.cooper.proto.v1.TrainRequest;
import dev.cooper.proto.v1.TrainResult;
import dev.cooper.proto.v1.TrainerState;

/**
 * The trainer of the policy. Calls are idempotent; a failure is a {@link dev.cooper.platform.failure.CooperException}.
 * TIMEOUT says that the work goes on and the same call attaches to it; NO_CAPACITY that the trainer cannot be reached.
 */
public interface PolicyTrainer {
    TrainerState attach(AttachRequest request);

    /**
     * Updates the policy on the request's manifest.
     *
     * @throws dev.cooper.platform.failure.PreconditionException with the version held, when the trainer is at another
     *     one
     */
    TrainResult train(TrainRequest request);
}
