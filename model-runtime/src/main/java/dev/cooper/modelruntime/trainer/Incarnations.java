package dev.cooper.modelruntime.trainer;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.TrainRequest;

/**
 * Which incarnation an update's result has. A number may come out with other bytes when it is trained again on hardware
 * that is not bit-exact; two that differ never share number and incarnation.
 */
final class Incarnations {

    private Incarnations() {}

    /** Whether the request trains a step again and got something else. */
    static boolean differs(TrainRequest request, String checksum) {
        return !request.getExpectedChecksum().isEmpty()
                && !request.getExpectedChecksum().equals(checksum);
    }

    /** @throws CooperException INTERNAL, with both checksums, if the request does not take other bytes than expected */
    static void requireAccepted(TrainRequest request, String checksum) {
        if (differs(request, checksum) && !request.getAcceptOtherBytes()) {
            throw new CooperException(
                    FailureReason.INTERNAL,
                    "step " + request.getStep() + " trained again gives checksum " + checksum
                            + ", but was recorded with " + request.getExpectedChecksum()
                            + ": the replay is not exact (another image, instruction set or number of threads?)");
        }
    }

    /** The version that the request's update makes of its base. */
    static ModelRef next(TrainRequest request, String checksum) {
        ModelRef base = request.getBase();
        int incarnation = base.getIncarnation();
        if (!request.getExpectedChecksum().isEmpty()) {
            int expected = expected(request);
            incarnation = Math.max(incarnation, differs(request, checksum) ? expected + 1 : expected);
        }
        return ModelRef.newBuilder()
                .setNumber(base.getNumber() + 1)
                .setIncarnation(incarnation)
                .setChecksum(checksum)
                .build();
    }

    /** Whether a version made before is what this request would be answered with. */
    static boolean answers(TrainRequest request, ModelRef made) {
        return !differs(request, made.getChecksum()) || made.getIncarnation() > expected(request);
    }

    private static int expected(TrainRequest request) {
        return request.hasExpectedIncarnation()
                ? request.getExpectedIncarnation()
                : request.getBase().getIncarnation();
    }
}
