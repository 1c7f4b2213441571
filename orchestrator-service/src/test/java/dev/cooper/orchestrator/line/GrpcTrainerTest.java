package dev.cooper.orchestrator.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.orchestrator.run.TestRuns;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.failure.FailureStatus;
import dev.cooper.platform.failure.PreconditionException;
import dev.cooper.platform.rpc.Channels;
import dev.cooper.platform.security.ServiceToken;
import dev.cooper.proto.v1.AttachRequest;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.TrainRequest;
import dev.cooper.proto.v1.TrainResult;
import dev.cooper.proto.v1.TrainerGrpc;
import dev.cooper.proto.v1.TrainerState;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GrpcTrainerTest {

    /** Answers attach; for train it holds version 3, and is slow when asked about step 9. */
    private static final class TestingTrainer extends TrainerGrpc.TrainerImplBase {
        @Override
        public void attach(AttachRequest request, StreamObserver<TrainerState> answer) {
            answer.onNext(TrainerState.newBuilder()
                    .setRunId(request.getRunId())
                    .setVersion(TestRuns.version(3))
                    .build());
            answer.onCompleted();
        }

        @Override
        public void train(TrainRequest request, StreamObserver<TrainResult> answer) {
            if (request.getStep() != 9) {
                answer.onError(FailureStatus.toStatus(
                        PreconditionException.wrongVersion(TestRuns.version(3), request.getBase())));
            }
        }
    }

    private Server server;
    private ManagedChannel channel;
    private GrpcTrainer trainer;

    @BeforeEach
    void open() throws IOException {
        server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(new TestingTrainer())
                .build()
                .start();
        channel = Channels.plain().open("cooper.policy-trainer.address", "127.0.0.1:" + server.getPort());
        trainer = new GrpcTrainer(ModelKind.POLICY, channel, Duration.ofSeconds(10));
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
        server.shutdownNow();
    }

    @Test
    void stateComesBack() {
        assertThat(trainer.attach(AttachRequest.newBuilder().setRunId("r1").build())
                        .getRunId())
                .isEqualTo("r1");
    }

    @Test
    void trainerAtAnotherVersionTellsItsOwn() {
        TrainRequest request =
                TrainRequest.newBuilder().setBase(TestRuns.version(5)).build();

        assertThatThrownBy(() -> trainer.train(request))
                .isInstanceOfSatisfying(
                        PreconditionException.class,
                        wrong -> assertThat(wrong.heldVersion()).contains(TestRuns.version(3)));
    }

    @Test
    void callThatOutlivesItsDeadlineIsATimeout() {
        GrpcTrainer hasty = new GrpcTrainer(ModelKind.POLICY, channel, Duration.ofMillis(100));

        assertThatThrownBy(
                        () -> hasty.train(TrainRequest.newBuilder().setStep(9).build()))
                .isInstanceOfSatisfying(
                        CooperException.class, late -> assertThat(late.reason()).isEqualTo(FailureReason.TIMEOUT));
    }

    @Test
    void trainerThatIsNotThereIsNoCapacity() throws InterruptedException {
        int port = server.getPort();
        server.shutdownNow().awaitTermination();

        assertThatThrownBy(() -> trainer.attach(AttachRequest.getDefaultInstance()))
                .hasMessageContaining("the policy trainer at 127.0.0.1:" + port + " cannot be reached")
                .isInstanceOfSatisfying(
                        CooperException.class, away -> assertThat(away.reason()).isEqualTo(FailureReason.NO_CAPACITY));
    }

    @Test
    void trainerThatWantsAnotherTokenIsNoFaultOfTheRun() throws IOException {
        Server guarded = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(new TestingTrainer())
                .intercept(new ServiceToken(Optional.of("the new token")))
                .build()
                .start();
        ManagedChannel old = Channels.plain().open("cooper.policy-trainer.address", "127.0.0.1:" + guarded.getPort());
        try {
            assertThatThrownBy(() -> new GrpcTrainer(ModelKind.POLICY, old, Duration.ofSeconds(10))
                            .attach(AttachRequest.getDefaultInstance()))
                    .hasMessageContaining("does not know this orchestrator")
                    .hasMessageContaining("cooper.security.service-token-file")
                    .isInstanceOfSatisfying(
                            CooperException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(FailureReason.NO_CAPACITY));
        } finally {
            old.shutdownNow();
            guarded.shutdownNow();
        }
    }
}
