package dev.cooper.perturbation.checking;

import dev.cooper.languagemodel.random.CounterRandom;
import dev.cooper.modelruntime.endpoint.Backoff;
import dev.cooper.modelruntime.endpoint.Backoff.Pause;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.failure.FailureStatus;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.Verdict;
import dev.cooper.proto.v1.VerifierGrpc;
import dev.cooper.proto.v1.VerifierGrpc.VerifierBlockingStub;
import dev.cooper.proto.v1.VerifyReply;
import dev.cooper.proto.v1.VerifyRequest;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks the verifier service, over a channel that the caller owns. */
public final class VerifierClient implements AnswerCheck {

    private final ManagedChannel channel;
    private final VerifierBlockingStub verifier;
    private final Duration deadline;
    private final Backoff backoff;
    private final Pause pause;

    /**
     * A client.
     *
     * @param deadline of one call
     */
    public VerifierClient(ManagedChannel channel, Duration deadline, Backoff backoff, Pause pause) {
        this(channel, channel, deadline, backoff, pause);
    }

    /**
     * A client whose calls go another way to the channel.
     *
     * @param calls the channel, with what is done at each call
     * @param deadline of one call
     */
    public VerifierClient(ManagedChannel channel, Channel calls, Duration deadline, Backoff backoff, Pause pause) {
        this.channel = channel;
        this.verifier = VerifierGrpc.newBlockingStub(calls);
        this.deadline = deadline;
        this.backoff = backoff;
        this.pause = pause;
    }

    @Override
    public Verdict check(String referenceAnswer, String text) throws InterruptedException {
        VerifyRequest request = VerifyRequest.newBuilder()
                .setReferenceAnswer(referenceAnswer)
                .addCompletions(text)
                .build();
        for (int attempt = 0; ; attempt++) {
            try {
                return only(verifier.withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS)
                        .verify(request));
            } catch (StatusRuntimeException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted while the verifier was asked");
                }
                CooperException failure = FailureStatus.fromStatus(e);
                if (!isAway(e.getStatus())) {
                    throw failure;
                }
                if (!backoff.mayRetry(attempt)) {
                    throw away(failure, attempt + 1);
                }
            }
            pause.of(backoff.after(attempt, CounterRandom.key(0, text)));
            // A channel that failed waits longer and longer by itself before it tries to connect again.
            channel.resetConnectBackoff();
        }
    }

    private static boolean isAway(Status status) {
        return switch (status.getCode()) {
            // UNAUTHENTICATED: one of the two has a new token and the other one not yet.
            case UNAVAILABLE, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, UNAUTHENTICATED -> true;
            case OK,
                    CANCELLED,
                    UNKNOWN,
                    INVALID_ARGUMENT,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    PERMISSION_DENIED,
                    FAILED_PRECONDITION,
                    ABORTED,
                    OUT_OF_RANGE,
                    UNIMPLEMENTED,
                    INTERNAL,
                    DATA_LOSS -> false;
        };
    }

    private static Verdict only(VerifyReply reply) {
        return Optional.of(reply)
                .filter(one -> one.getVerdictsCount() == 1)
                .map(one -> one.getVerdicts(0))
                .orElseThrow(() -> new CooperException(
                        FailureReason.INTERNAL,
                        "the verifier answered " + reply.getVerdictsCount() + " verdicts on one text"));
    }

    private static CooperException away(CooperException failure, int tries) {
        return new CooperException(
                failure.reason(),
                "the verifier did not answer in " + tries + " tries (" + failure.detail()
                        + "): check that it runs and that cooper.verifier.address is its gRPC address",
                failure);
    }
}
