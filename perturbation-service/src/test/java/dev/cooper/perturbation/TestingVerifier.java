package dev.cooper.perturbation;

import dev.cooper.mathverifier.AnswerChecker;
import dev.cooper.mathverifier.ExtractedAnswer;
import dev.cooper.proto.v1.Verdict;
import dev.cooper.proto.v1.VerdictKind;
import dev.cooper.proto.v1.VerifierGrpc;
import dev.cooper.proto.v1.VerifyReply;
import dev.cooper.proto.v1.VerifyRequest;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A verifier on a loopback port that decides by the rules of the real one. */
public final class TestingVerifier extends VerifierGrpc.VerifierImplBase implements AutoCloseable {

    private static final AnswerChecker CHECKER = new AnswerChecker();

    /** Status of the next calls; when there is none, they are answered. */
    public final Queue<Status> refusals = new ConcurrentLinkedQueue<>();

    public final AtomicInteger calls = new AtomicInteger();
    /** Runs within each call. */
    public volatile Runnable before = () -> {};

    private final Server server;

    public TestingVerifier() throws IOException {
        this(0);
    }

    public TestingVerifier(int port) throws IOException {
        server = Grpc.newServerBuilderForPort(port, InsecureServerCredentials.create())
                .addService(this)
                .build()
                .start();
    }

    public int port() {
        return server.getPort();
    }

    public String address() {
        return "127.0.0.1:" + port();
    }

    @Override
    public void verify(VerifyRequest request, StreamObserver<VerifyReply> observer) {
        calls.incrementAndGet();
        before.run();
        Status refusal = refusals.poll();
        if (refusal != null) {
            observer.onError(refusal.asRuntimeException());
            return;
        }
        VerifyReply.Builder reply = VerifyReply.newBuilder();
        request.getCompletionsList().forEach(text -> reply.addVerdicts(verdict(request.getReferenceAnswer(), text)));
        observer.onNext(reply.build());
        observer.onCompleted();
    }

    /** What the verifier service would answer. */
    public static Verdict verdict(String reference, String text) {
        dev.cooper.mathverifier.Verdict verdict =
                CHECKER.forReference(reference).check(text);
        Verdict.Builder message = Verdict.newBuilder()
                .setExtractedAnswer(verdict.answer().map(ExtractedAnswer::text).orElse(""))
                .setExplanation(verdict.explanation());
        return switch (verdict) {
            case dev.cooper.mathverifier.Verdict.Correct _ ->
                message.setKind(VerdictKind.CORRECT).build();
            case dev.cooper.mathverifier.Verdict.Incorrect incorrect ->
                message.setKind(VerdictKind.INCORRECT)
                        .setReason(incorrect.reason().name())
                        .build();
            case dev.cooper.mathverifier.Verdict.Undecided undecided ->
                message.setKind(VerdictKind.UNDECIDED)
                        .setReason(undecided.reason().name())
                        .build();
            case dev.cooper.mathverifier.Verdict.Unscorable unscorable ->
                message.setKind(VerdictKind.UNSCORABLE)
                        .setReason(unscorable.reason().name())
                        .build();
        };
    }

    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
