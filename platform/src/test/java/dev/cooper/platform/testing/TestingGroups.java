package dev.cooper.platform.testing;

import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.proto.v1.Completion;
import dev.cooper.proto.v1.FinishReason;
import dev.cooper.proto.v1.GroupId;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.Problem;
import dev.cooper.proto.v1.Purpose;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.Rollouts;
import dev.cooper.proto.v1.RunControl;
import dev.cooper.proto.v1.RunState;
import dev.cooper.proto.v1.SampleRequest;

/** Small groups of one run. */
public final class TestingGroups {

    private TestingGroups() {}

    public static GroupId group(int slot, int attempt) {
        return GroupId.newBuilder()
                .setRunId("run-1")
                .setStep(3)
                .setSlot(slot)
                .setAttempt(attempt)
                .setFence(7)
                .setPurpose(Purpose.TRAINING)
                .build();
    }

    /** The same group of another run. */
    public static GroupId of(String runId, GroupId group) {
        return group.toBuilder().setRunId(runId).build();
    }

    public static RolloutGroup rollouts(GroupId group, String... completions) {
        Rollouts.Builder rollouts =
                Rollouts.newBuilder().setPolicy(ModelRef.newBuilder().setNumber(2));
        for (String text : completions) {
            rollouts.addCompletions(Completion.newBuilder()
                    .setText(text)
                    .addTokenIds(1)
                    .addLogProbs(-0.5f)
                    .setFinishReason(FinishReason.STOP));
        }
        return RolloutGroup.newBuilder()
                .setRequest(SampleRequest.newBuilder()
                        .setGroup(group)
                        .setMode(Mode.RULE)
                        .setProblem(Problem.newBuilder().setReferenceAnswer("42")))
                .setRollouts(rollouts)
                .build();
    }

    public static RunControl.Builder control(int attempt) {
        return RunControl.newBuilder()
                .setRunId("run-1")
                .setState(RunState.RUNNING)
                .setFence(7)
                .setStep(3)
                .setPurpose(Purpose.TRAINING)
                .setAttempt(attempt)
                .setMode(Mode.RULE);
    }

    public static LogRecord read(OutgoingRecord record, long offset) {
        return new LogRecord(record.topic(), 0, offset, record.key(), record.headers(), record.value());
    }
}
