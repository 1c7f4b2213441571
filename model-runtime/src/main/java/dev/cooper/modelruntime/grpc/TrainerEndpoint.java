package dev.cooper.modelruntime.grpc;

import dev.cooper.modelruntime.trainer.TrainerHost;
import dev.cooper.platform.failure.FailureStatus;
import dev.cooper.platform.line.LogScope;
import dev.cooper.proto.v1.AdoptRequest;
import dev.cooper.proto.v1.AttachRequest;
import dev.cooper.proto.v1.DescribeRequest;
import dev.cooper.proto.v1.TrainRequest;
import dev.cooper.proto.v1.TrainResult;
import dev.cooper.proto.v1.TrainerGrpc;
import dev.cooper.proto.v1.TrainerState;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The trainer's commands over gRPC. A caller's deadline ends the call, not the update: the next call for it attaches to
 * it. No thread waits meanwhile.
 */
public final class TrainerEndpoint extends TrainerGrpc.TrainerImplBase {

    private final TrainerHost trainer;

    public TrainerEndpoint(TrainerHost trainer) {
        this.trainer = trainer;
    }

    @Override
    public void attach(AttachRequest request, StreamObserver<TrainerState> caller) {
        try (LogScope _ = LogScope.of(Map.of(LogScope.RUN, request.getRunId()))) {
            answer(trainer.attachLater(request), caller);
        }
    }

    @Override
    public void train(TrainRequest request, StreamObserver<TrainResult> caller) {
        try (LogScope _ = LogScope.of(request.getRunId(), request.getStep())) {
            answer(trainer.trainLater(request), caller);
        }
    }

    @Override
    public void adopt(AdoptRequest request, StreamObserver<TrainResult> caller) {
        try (LogScope _ = LogScope.of(Map.of(LogScope.RUN, request.getRunId()))) {
            answer(trainer.adoptLater(request), caller);
        }
    }

    @Override
    public void describe(DescribeRequest request, StreamObserver<TrainerState> caller) {
        answer(CompletableFuture.completedFuture(trainer.describe()), caller);
    }

    private static <T> void answer(CompletableFuture<T> result, StreamObserver<T> caller) {
        if (caller instanceof ServerCallStreamObserver<T> call) {
            // Without a handler, gRPC throws at whoever answers a call that was given up.
            call.setOnCancelHandler(() -> {});
        }
        var _ = result.whenComplete((value, thrown) -> {
            if (thrown == null) {
                caller.onNext(value);
                caller.onCompleted();
            } else {
                caller.onError(FailureStatus.toStatus(cause(thrown)));
            }
        });
    }

    private static Throwable cause(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return thrown instanceof CompletionException && cause != null ? cause : thrown;
    }
}
