package dev.cooper.orchestrator.run;

import dev.cooper.orchestrator.spec.RunSpec;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.proto.v1.AssistantKind;
import dev.cooper.proto.v1.GroupId;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.ModelVersion;
import dev.cooper.proto.v1.PairingSettings;
import dev.cooper.proto.v1.Problem;
import dev.cooper.proto.v1.Purpose;
import dev.cooper.proto.v1.RunControl;
import dev.cooper.proto.v1.SampleRequest;
import dev.cooper.proto.v1.SamplingSettings;
import dev.cooper.proto.v1.TrainResult;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The orchestrator's messages, made from the rows that they speak of. */
final class Announcements {

    private Announcements() {}

    /** What every instance must know after this move. */
    static OutgoingRecord control(Run run, Step step) {
        RunControl.Builder control = RunControl.newBuilder()
                .setRunId(run.id())
                .setState(protoState(run.state()))
                .setFence(run.fence())
                .setStep(step.number())
                .setAttempt(step.attempt())
                .setPurpose(step.dispatch().map(Dispatch::purpose).orElse(Purpose.TRAINING))
                .setMode(run.spec().mode())
                .setPolicyWanted(run.policy())
                .addAllCancelledSlots(cancelled(step));
        run.reward().ifPresent(control::setRewardWanted);
        return new OutgoingRecord(
                Topic.CONTROL, false, run.id(), Map.of(), control.build().toByteArray());
    }

    /** Once the manifest is frozen, nobody need work on the groups that it went on without. */
    private static List<Integer> cancelled(Step step) {
        return switch (step.state()) {
            case ROLLING_BACK -> step.dispatch().map(Dispatch::slots).orElse(List.of());
            case TRAINING_POLICY, PAIRING, TRAINING_REWARD, COMMITTED -> step.excludedSlots();
            case SAMPLING, EVALUATING, EVALUATED -> List.of();
        };
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
        SampleRequest.Builder request = SampleRequest.newBuilder()
                .setGroup(group)
                .setProblem(problem)
                .setSampling(settings(spec, dispatch.purpose()))
                .setPolicy(run.policy())
                .setSeed(spec.seed())
                .setTimeAllowedMs(spec.sampling().timeAllowed().toMillis())
                .setDispatchedAtMs(dispatch.dispatchedAt().toEpochMilli())
                .setMode(spec.mode());
        if (dispatch.purpose() == Purpose.TRAINING) {
            addReward(request, run, step);
        }
        GroupHeaders headers = GroupHeaders.of(group);
        return new OutgoingRecord(
                Topic.PROMPTS,
                false,
                headers.key(),
                headers.toMap(),
                request.build().toByteArray());
    }

    /** Who scores, and how a pair is made of the group. */
    private static void addReward(SampleRequest.Builder request, Run run, Step step) {
        run.spec()
                .reward()
                .ifPresent(
                        reward -> request.setReward(run.reward().orElseThrow()).setScoring(reward.scoring()));
        if (step.trainsReward()) {
            request.setPairing(pairing(run));
        }
    }

    private static PairingSettings pairing(Run run) {
        PairingSettings settings = run.spec().pairing().orElseThrow().settings();
        return settings.getAssistant() == AssistantKind.EMBEDDED
                ? settings.toBuilder()
                        .setAssistantModel(ModelRef.newBuilder().setChecksum(run.initialChecksum()))
                        .build()
                : settings;
    }

    private static SamplingSettings settings(RunSpec spec, Purpose purpose) {
        return purpose == Purpose.EVALUATION
                ? spec.evaluation().orElseThrow().settings()
                : spec.sampling().settings();
    }

    /** A model's new version, after the move that committed it. */
    static OutgoingRecord version(Run run, ModelKind kind, TrainResult made, ModelUpdate update) {
        return version(run, kind, made, update.before(), update.manifestSha256());
    }

    /** @param manifestSha256 empty when the version was not trained but adopted */
    static OutgoingRecord version(Run run, ModelKind kind, TrainResult made, ModelRef parent, String manifestSha256) {
        ModelVersion announcement = ModelVersion.newBuilder()
                .setRunId(run.id())
                .setKind(kind)
                .setVersion(made.getVersion())
                .setParent(parent)
                .setLocation(made.getLocation())
                .setManifestSha256(manifestSha256)
                .setFence(run.fence())
                .build();
        String key = run.id() + "/" + kind.name().toLowerCase(Locale.ROOT);
        return new OutgoingRecord(Topic.MODEL_VERSIONS, false, key, Map.of(), announcement.toByteArray());
    }
}
