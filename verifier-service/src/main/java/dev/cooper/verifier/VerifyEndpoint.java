package dev.cooper.verifier;

import dev.cooper.mathverifier.Attempt;
import dev.cooper.mathverifier.Ending;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.AnswerPair;
import dev.cooper.proto.v1.VerifierGrpc;
import dev.cooper.proto.v1.VerifyBatchReply;
import dev.cooper.proto.v1.VerifyBatchRequest;
import dev.cooper.proto.v1.VerifyReply;
import dev.cooper.proto.v1.VerifyRequest;
import dev.cooper.verifier.checking.CompletionCheck;
import dev.cooper.verifier.checking.CompletionCheck.Text;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import org.springframework.grpc.server.service.GrpcService;

/** Answers whether completions are correct; for questions, the line has a stage. */
@GrpcService
final class VerifyEndpoint extends VerifierGrpc.VerifierImplBase {

    private final CompletionCheck check;
    private final VerifierSettings.Limits limits;

    VerifyEndpoint(CompletionCheck check, VerifierSettings settings) {
        this.check = check;
        limits = settings.limits();
    }

    @Override
    public void verify(VerifyRequest request, StreamObserver<VerifyReply> observer) {
        requireSize("completions", request.getCompletionsCount());
        requireLength("reference_answer", request.getReferenceAnswer());
        List<Text> completions = new ArrayList<>();
        for (String completion : request.getCompletionsList()) {
            requireLength("completions[" + completions.size() + "]", completion);
            completions.add(new Text(completion, false));
        }
        observer.onNext(VerifyReply.newBuilder()
                .addAllVerdicts(check.verdicts(request.getReferenceAnswer(), completions))
                .build());
        observer.onCompleted();
    }

    @Override
    public void verifyBatch(VerifyBatchRequest request, StreamObserver<VerifyBatchReply> observer) {
        requireSize("pairs", request.getPairsCount());
        List<Attempt> attempts = new ArrayList<>();
        for (AnswerPair pair : request.getPairsList()) {
            String field = "pairs[" + attempts.size() + "]";
            requireLength(field + ".reference_answer", pair.getReferenceAnswer());
            requireLength(field + ".completion", pair.getCompletion());
            attempts.add(new Attempt(
                    pair.getReferenceAnswer(),
                    pair.getCompletion(),
                    pair.getTruncated() ? Ending.TRUNCATED : Ending.FINISHED));
        }
        observer.onNext(VerifyBatchReply.newBuilder()
                .addAllVerdicts(check.verdicts(attempts))
                .build());
        observer.onCompleted();
    }

    private void requireSize(String field, int size) {
        if (size == 0) {
            throw CooperException.badInput(field, field + " is empty: give at least one to check");
        }
        if (size > limits.requestAnswers()) {
            throw CooperException.badInput(
                    field,
                    field + " holds " + size + "; at most " + limits.requestAnswers()
                            + " are checked in one request: send several requests, or raise"
                            + " cooper.verifier.limits.request-answers");
        }
    }

    private void requireLength(String field, String text) {
        if (text.length() > limits.textLength()) {
            throw CooperException.badInput(
                    field,
                    field + " has " + text.length() + " characters; the limit is " + limits.textLength()
                            + ": shorten it, or raise cooper.verifier.limits.text-length");
        }
    }
}
