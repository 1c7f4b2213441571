package dev.cooper.verifier;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.VerifierGrpc;
import dev.cooper.proto.v1.VerifyReply;
import dev.cooper.proto.v1.VerifyRequest;
import dev.cooper.verifier.checking.CompletionCheck;
import dev.cooper.verifier.checking.CompletionCheck.Text;
import io.grpc.stub.StreamObserver;
import java.util.List;
import org.springframework.grpc.server.service.GrpcService;

/** Answers whether completions are correct; for questions, the line has a stage. */
@GrpcService
final class VerifyEndpoint extends VerifierGrpc.VerifierImplBase {

    private final CompletionCheck check;

    VerifyEndpoint(CompletionCheck check) {
        this.check = check;
    }

    @Override
    public void verify(VerifyRequest request, StreamObserver<VerifyReply> observer) {
        if (request.getCompletionsCount() == 0) {
            throw CooperException.badInput("completions", "completions is empty: give at least one to check");
        }
        List<Text> completions = request.getCompletionsList().stream()
                .map(text -> new Text(text, false))
                .toList();
        observer.onNext(VerifyReply.newBuilder()
                .addAllVerdicts(check.verdicts(request.getReferenceAnswer(), completions))
                .build());
        observer.onCompleted();
    }
}
