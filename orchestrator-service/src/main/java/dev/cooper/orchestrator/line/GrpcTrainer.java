package dev.cooper.orchestrator.line;

import dev.cooper.orchestrator.run.Trainer;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.failure.FailureStatus;
import dev.cooper.proto.v1.AdoptRequest;
import dev.cooper.proto.v1.AttachRequest;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.TrainRequest;
import dev.cooper.proto.v1.TrainResult;
import dev.cooper.proto.v1.TrainerGrpc;
import dev.cooper.proto.v1.TrainerGrpc.TrainerBlockingStub;
import dev.cooper.proto.v1.TrainerState;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A trainer over gRPC. A call that outlives its deadline is a TIMEOUT: the trainer goes on, and the same call made
 * again attaches to the work.
 */
public final class GrpcTrainer implements Trainer {

    private final String kind;
    private final TrainerBlockingStub trainer;
    private final Duration deadline;

    /**
     * @param kind the model that it trains
     * @param deadline of one call; the driver's thread can do nothing else meanwhile
     */
    public GrpcTrainer(ModelKind kind, Channel channel, Duration deadline) {
        this.kind = kind.name().toLowerCase(Locale.ROOT);
        this.trainer = TrainerGrpc.newBlockingStub(channel);
        this.deadline = deadline;
    }

    @Override
    public TrainerState attach(AttachRequest request) {
        return call(stub -> stub.attach(request));
    }

    @Override
    public TrainResult train(TrainRequest request) {
        return call(stub -> stub.train(request));
    }

    @Override
    public TrainResult adopt(AdoptRequest request) {
        return call(stub -> stub.adopt(request));
    }

    private <T> T call(Function<TrainerBlockingStub, T> method) {
        try {
            return method.apply(trainer.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS));
        } catch (StatusRuntimeException e) {
            throw switch (e.getStatus().getCode()) {
                case UNAVAILABLE -> unreachable(e, "cannot be reached; it may be starting");
                // One of the two has a new token and the other one not yet: no fault of the run.
                case UNAUTHENTICATED -> unreachable(e, "does not know this orchestrator: " + e.getMessage());
                default -> FailureStatus.fromStatus(e);
            };
        }
    }

    private CooperException unreachable(StatusRuntimeException e, String why) {
        return new CooperException(
                FailureReason.NO_CAPACITY,
                "the " + kind + " trainer at " + trainer.getChannel().authority() + " " + why + " (cooper." + kind
                        + "-trainer.address says where it is)",
                e);
    }
}
