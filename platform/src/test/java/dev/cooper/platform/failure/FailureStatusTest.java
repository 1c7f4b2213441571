package dev.cooper.platform.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.cooper.platform.failure.BadInputException.FieldProblem;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ModelRef;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FailureStatusTest {

    static List<FailureReason> reasons() {
        return FailureReasons.all();
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void everyReasonComesBack(FailureReason reason) {
        CooperException back = FailureStatus.fromStatus(
                FailureStatus.toStatus(new CooperException(reason, "what and how", null, "sampling.top_p")));

        assertThat(back.reason()).isEqualTo(reason);
        assertThat(back.detail()).isEqualTo("what and how");
        assertThat(back.field()).contains("sampling.top_p");
        assertThat(back).hasCauseInstanceOf(StatusRuntimeException.class);
    }

    @Test
    void aWrongVersionTellsTheVersionHeld() {
        ModelRef held = ModelRef.newBuilder()
                .setNumber(3)
                .setIncarnation(1)
                .setChecksum("ab")
                .build();
        ModelRef asked = ModelRef.newBuilder().setNumber(5).setChecksum("cd").build();

        StatusRuntimeException status = FailureStatus.toStatus(PreconditionException.wrongVersion(held, asked));

        assertThat(status.getStatus().getCode()).isEqualTo(Code.FAILED_PRECONDITION);
        assertThat(FailureStatus.fromStatus(status))
                .asInstanceOf(type(PreconditionException.class))
                .satisfies(back -> {
                    assertThat(back.heldVersion()).contains(held);
                    assertThat(back.detail()).isEqualTo("the model is at version 3.1 (ab), not at version 5.0 (cd)");
                });
    }

    @Test
    void aStaleFenceNamesBoth() {
        CooperException back = FailureStatus.fromStatus(FailureStatus.toStatus(PreconditionException.staleFence(4, 9)));

        assertThat(back.detail()).contains("fence 4").contains("9");
        assertThat(back)
                .asInstanceOf(type(PreconditionException.class))
                .satisfies(
                        precondition -> assertThat(precondition.heldVersion()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "UNAVAILABLE, NO_CAPACITY",
        "DEADLINE_EXCEEDED, TIMEOUT",
        "CANCELLED, CANCELLED",
        "INVALID_ARGUMENT, BAD_INPUT",
        "UNKNOWN, INTERNAL"
    })
    void aStatusWithoutDetailsStillHasAReason(Code code, FailureReason expected) {
        CooperException failure = FailureStatus.fromStatus(
                Status.fromCode(code).withDescription("said so").asRuntimeException());

        assertThat(failure.reason()).isEqualTo(expected);
        assertThat(failure.detail()).isEqualTo("said so");
    }

    @Test
    void whatDoesNotExistStaysNotFound() {
        assertThat(FailureStatus.fromStatus(FailureStatus.toStatus(new NotFoundException("no run r"))))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("no run r");
    }

    @Test
    void anExceptionWithoutAReasonIsInternal() {
        StatusRuntimeException status = FailureStatus.toStatus(new IllegalStateException("lost"));

        assertThat(status.getStatus().getCode()).isEqualTo(Code.INTERNAL);
        assertThat(FailureStatus.fromStatus(status).detail()).isEqualTo("IllegalStateException: lost");
    }

    @Test
    void badInputNamesEveryProblem() {
        BadInputException bad = new BadInputException(
                List.of(new FieldProblem("steps", "must be at least 1"), new FieldProblem("", "not a document")));

        assertThat(bad).hasMessage("steps: must be at least 1; not a document");
        assertThat(bad.field()).contains("steps");
        assertThat(bad.toFailure("sampling").getReason()).isEqualTo(FailureReason.BAD_INPUT);
    }

    @Test
    void aReasonOutsideTheSetIsRefused() {
        assertThatThrownBy(() -> new CooperException(FailureReason.FAILURE_REASON_UNSPECIFIED, "?"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
