package dev.cooper.verifier;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.VerifierGrpc;
import dev.cooper.proto.v1.VerifyReply;
import dev.cooper.proto.v1.VerifyRequest;
import dev.cooper.verifier.checking.GroupVerifier;
import io.grpc.stub.StreamObserver;
import org.springframework.grpc.server.service.GrpcService;

/** Answers questions about single answers, outside any run. */
@GrpcService
class VerifierEndpoint extends VerifierGrpc.VerifierImplBase {

    private final GroupVerifier verifier;

    VerifierEndpoint(GroupVerifier verifier) {
        this.verifier = verifier;
    }

    @Override
    public void verify(VerifyRequest request, StreamObserver<VerifyReply> answer) {
        if (request.getCompletionsCount() == 0) {
            throw CooperException.badInput("completions", "name at least one completion to check");
        }
        answer.onNext(VerifyReply.newBuilder()
                .addAllVerdicts(verifier.check(request.getReferenceAnswer(), request.getCompletionsList()))
                .build());
        answer.onCompleted();
    }
}
