package dev.cooper.platform.failure;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.Status;
import dev.cooper.proto.v1.FailureDetail;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.WrongVersion;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Failures as gRPC status, both ways. The status code is what gRPC's own tools understand; the reason of our closed set
 * travels as {@link FailureDetail} in the details, and a version mismatch also as {@link WrongVersion}.
 */
public final class FailureStatus {

    private FailureStatus() {}

    /** What a server throws or sends for this failure; an exception without a reason becomes INTERNAL. */
    public static StatusRuntimeException toStatus(Throwable thrown) {
        CooperException failure = CooperException.of(thrown);
        Status.Builder status =
                Status.newBuilder().setCode(code(failure).value()).setMessage(failure.detail());
        status.addDetails(Any.pack(FailureDetail.newBuilder()
                .setReason(failure.reason())
                .setField(failure.field().orElse(""))
                .build()));
        if (failure instanceof PreconditionException precondition) {
            precondition
                    .heldVersion()
                    .map(held -> WrongVersion.newBuilder().setVersion(held).build())
                    .ifPresent(wrong -> status.addDetails(Any.pack(wrong)));
        }
        return StatusProto.toStatusRuntimeException(status.build());
    }

    /** What a failed call means; the original exception is the cause. */
    public static CooperException fromStatus(StatusRuntimeException thrown) {
        Status status = StatusProto.fromThrowable(thrown);
        Code code = thrown.getStatus().getCode();
        String message =
                Optional.ofNullable(thrown.getStatus().getDescription()).orElse(code.name());
        Optional<FailureDetail> detail = detail(status, FailureDetail.class);
        return switch (code) {
            case FAILED_PRECONDITION ->
                PreconditionException.answered(
                        message,
                        detail(status, WrongVersion.class)
                                .map(WrongVersion::getVersion)
                                .orElse(null),
                        thrown);
            case NOT_FOUND -> new NotFoundException(message, thrown);
            default ->
                new CooperException(
                        detail.map(FailureDetail::getReason)
                                .flatMap(reason -> FailureReasons.named(reason.name()))
                                .orElseGet(() -> reason(code)),
                        message,
                        thrown,
                        detail.map(FailureDetail::getField)
                                .filter(field -> !field.isEmpty())
                                .orElse(null));
        };
    }

    private static Code code(CooperException failure) {
        if (failure instanceof PreconditionException) {
            return Code.FAILED_PRECONDITION;
        }
        if (failure instanceof NotFoundException) {
            return Code.NOT_FOUND;
        }
        return switch (failure.reason()) {
            case BAD_INPUT -> Code.INVALID_ARGUMENT;
            case NO_CAPACITY -> Code.RESOURCE_EXHAUSTED;
            case TIMEOUT -> Code.DEADLINE_EXCEEDED;
            case CANCELLED -> Code.CANCELLED;
            case MODEL_FAULT, INTERNAL, FAILURE_REASON_UNSPECIFIED, UNRECOGNIZED -> Code.INTERNAL;
        };
    }

    /** For answers of servers that are not ours, which carry no detail. */
    private static FailureReason reason(Code code) {
        return switch (code) {
            case INVALID_ARGUMENT, NOT_FOUND, ALREADY_EXISTS, OUT_OF_RANGE, FAILED_PRECONDITION, UNIMPLEMENTED ->
                FailureReason.BAD_INPUT;
            case UNAUTHENTICATED, PERMISSION_DENIED -> FailureReason.BAD_INPUT;
            case RESOURCE_EXHAUSTED, UNAVAILABLE -> FailureReason.NO_CAPACITY;
            case DEADLINE_EXCEEDED -> FailureReason.TIMEOUT;
            case CANCELLED, ABORTED -> FailureReason.CANCELLED;
            case OK, UNKNOWN, INTERNAL, DATA_LOSS -> FailureReason.INTERNAL;
        };
    }

    private static <M extends Message> Optional<M> detail(@Nullable Status status, Class<M> type) {
        if (status == null) {
            return Optional.empty();
        }
        try {
            for (Any any : status.getDetailsList()) {
                if (any.is(type)) {
                    return Optional.of(any.unpack(type));
                }
            }
        } catch (InvalidProtocolBufferException e) {
            // The other side is of another build; code and message still tell what failed.
            return Optional.empty();
        }
        return Optional.empty();
    }
}
