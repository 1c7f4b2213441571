package dev.cooper.orchestrator.run;

import dev.cooper.proto.v1.AdoptRequest;
import dev.cooper.proto.v1.AttachRequest;
import dev.cooper.proto.v1.TrainRequest;
import dev.cooper.proto.v1.TrainResult;
import dev.cooper.proto.v1.TrainerState;

/**
 * The trainer of one of a run's models. Calls are idempotent; a failure is a
 * {@link dev.cooper.platform.failure.CooperException}. TIMEOUT says that the work goes on and the same call attaches to
 * it; NO_CAPACITY that the trainer cannot be reached.
 */
public interface Trainer {
    TrainerState attach(AttachRequest request);

    /**
     * Updates the model on the request's manifest.
     *
     * @throws dev.cooper.platform.failure.PreconditionException with the version held, when the trainer is at another
     *     one
     */
    TrainResult train(TrainRequest request);

    /**
     * Makes the version held the run's next one, with the same weights.
     *
     * @throws dev.cooper.platform.failure.PreconditionException with the version held, when it is neither of the two
     */
    TrainResult adopt(AdoptRequest request);
}
