package dev.cooper.orchestrator.run;

import dev.cooper.orchestrator.spec.RunSpec;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.proto.v1.GroupId;
import dev.cooper.proto.v1.Manifest;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.ModelVersion;
import dev.cooper.proto.v1.Problem;
import dev.cooper.proto.v1.Purpose;
import dev.cooper.proto.v1.RunControl;
import dev.cooper.proto.v1.SampleRequest;
import dev.cooper.proto.v1.SamplingSettings;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The orchestrator's messages, made from the rows that they speak of. */
final class Announcements {

    private Announcements() {}

    /** What every instance must know after this move. */
    static OutgoingRecord control(Run run, Step step, List<Integer> cancelledSlots) {
        RunControl.Builder control = RunControl.newBuilder()
                .setRunId(run.id())
                .setState(protoState(run.state()))
                .setFence(run.fence())
                .setStep(step.number())
                .setAttempt(step.dispatch().map(Dispatch::attempt).orElse(0))
                .setPurpose(step.dispatch().map(Dispatch::purpose).orElse(Purpose.TRAINING))
                .setMode(run.spec().mode())
                .setPolicyWanted(run.policy())
                .addAllCancelledSlots(cancelledSlots);
        return new OutgoingRecord(
                Topic.CONTROL, false, run.id(), Map.of(), control.build().toByteArray());
    }

    private static dev.cooper.proto.v1.RunState protoState(RunState state) {
        return switch (state) {
            case QUEUED -> dev.cooper.proto.v1.RunState.QUEUED;
            case PREPARING -> dev.cooper.proto.v1.RunState.PREPARING;
            case RUNNING -> dev.cooper.proto.v1.RunState.RUNNING;
            case PAUSED -> dev.cooper.proto.v1.RunState.PAUSED;
            case COMPLETED -> dev.cooper.proto.v1.RunState.COMPLETED;
            case FAILED -> dev.cooper.proto.v1.RunState.FAILED;
            case CANCELLED -> dev.cooper.proto.v1.RunState.RUN_CANCELLED;
        };
    }

    /** One request for each of these slots, under the dispatch's newest attempt. */
    static List<OutgoingRecord> requests(Run run, Step step, List<Problem> problems, Collection<Integer> slots) {
        return slots.stream()
                .map(slot -> request(run, step, slot, problems.get(slot)))
                .toList();
    }

    private static OutgoingRecord request(Run run, Step step, int slot, Problem problem) {
        RunSpec spec = run.spec();
        Dispatch dispatch = step.groups();
        GroupId group = GroupId.newBuilder()
                .setRunId(run.id())
                .setStep(step.number())
                .setSlot(slot)
                .setAttempt(dispatch.attemptOf(slot))
                .setFence(run.fence())
                .setPurpose(dispatch.purpose())
                .build();
        SampleRequest request = SampleRequest.newBuilder()
                .setGroup(group)
                .setProblem(problem)
                .setSampling(settings(spec, dispatch.purpose()))
                .setPolicy(run.policy())
                .setSeed(spec.seed())
                .setTimeAllowedMs(spec.sampling().timeAllowed().toMillis())
                .setDispatchedAtMs(dispatch.dispatchedAt().toEpochMilli())
                .setMode(spec.mode())
                .build();
        GroupHeaders headers = GroupHeaders.of(group);
        return new OutgoingRecord(Topic.PROMPTS, false, headers.key(), headers.toMap(), request.toByteArray());
    }

    private static SamplingSettings settings(RunSpec spec, Purpose purpose) {
        return purpose == Purpose.EVALUATION
                ? spec.evaluation().orElseThrow().settings()
                : spec.sampling().settings();
    }

    /** The policy's new version, after the move that committed it. */
    static OutgoingRecord policyVersion(
            Run run, ModelRef version, ModelRef parent, Manifest manifest, String manifestSha256, String location) {
        ModelVersion announcement = ModelVersion.newBuilder()
                .setRunId(run.id())
                .setKind(ModelKind.POLICY)
                .setVersion(version)
                .setParent(parent)
                .setLocation(location)
                .setManifestSha256(manifest.getRecordsCount() == 0 ? "" : manifestSha256)
                .setFence(run.fence())
                .build();
        return new OutgoingRecord(
                Topic.MODEL_VERSIONS, false, run.id() + "/policy", Map.of(), announcement.toByteArray());
    }
}
