package dev.cooper.simulation;

import dev.cooper.mathverifier.AnswerChecker;
import dev.cooper.modelruntime.storage.WeightStore;
import dev.cooper.platform.control.ControlBoard;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.GroupMessage;
import dev.cooper.platform.line.GroupReader;
import dev.cooper.platform.line.LineStage;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.Sha256;
import dev.cooper.platform.line.StageResult;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.proto.v1.Completion;
import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.FinishReason;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.Rollouts;
import dev.cooper.proto.v1.SampleRequest;
import dev.cooper.simulation.StageProcess.Outcome;
import dev.cooper.verifier.checking.CompletionCheck;
import dev.cooper.verifier.checking.VerifyingStage;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The stages of the simulated line. */
final class Stages {
    private Stages() {}

    static Function<LogRecord, Outcome> verifier(ControlBoard board) {
        return of(new LineStage<>(
                "verifying",
                GroupMessage.ROLLOUTS,
                GroupMessage.VERIFIED,
                new VerifyingStage(new CompletionCheck(new AnswerChecker())),
                board));
    }

    static Function<LogRecord, Outcome> scorer(ControlBoard board, WeightStore weights, Chance chance) {
        return of(new LineStage<>(
                "scoring", GroupMessage.VERIFIED, GroupMessage.SCORED, new ToyScorer(weights, chance), board));
    }

    static Function<LogRecord, Outcome> assistant(ControlBoard board, TopicNames names, Chance chance) {
        return new ToyAssistant(board, names, chance)::process;
    }

    /** A stage of the product, record by record. */
    private static Function<LogRecord, Outcome> of(LineStage<?, ?> stage) {
        return record -> switch (stage.process(record)) {
            case StageResult.Early _ -> new Outcome.Later();
            case StageResult done -> new Outcome.Finished(done.records());
        };
    }

    /**
     * Samples with a toy: what it writes is a function of seed, step, purpose, slot, sample and the weights that it
     * finds in the store. A slot's first attempt fails now and then.
     */
    static Function<LogRecord, Outcome> sampler(ControlBoard board, WeightStore weights, Chance chance) {
        GroupReader<SampleRequest> reader = new GroupReader<>(GroupMessage.REQUEST, _ -> true, board);
        return record -> switch (reader.read(record)) {
            case GroupReader.Early<SampleRequest> _ -> new Outcome.Later();
            case GroupReader.PassedOver<SampleRequest> _ -> new Outcome.Finished(List.of());
            case GroupReader.Unreadable<SampleRequest> unreadable -> new Outcome.Finished(deadLetter(unreadable));
            case GroupReader.Accepted<SampleRequest> accepted ->
                new Outcome.Finished(
                        List.of(GroupMessage.ROLLOUTS.record(sample(accepted.message(), weights, chance))));
        };
    }

    private static List<OutgoingRecord> deadLetter(GroupReader.Unreadable<SampleRequest> unreadable) {
        Optional<OutgoingRecord> failure = Optional.ofNullable(unreadable.headers())
                .map(headers -> GroupMessage.ROLLOUTS.record(GroupMessage.ROLLOUTS.lost(
                        headers.toGroupId(),
                        Failure.newBuilder()
                                .setReason(FailureReason.BAD_INPUT)
                                .setDetail(unreadable.detail())
                                .setStage("sampling")
                                .build())));
        return failure.map(lost -> List.of(unreadable.deadLetter(), lost)).orElse(List.of(unreadable.deadLetter()));
    }

    private static RolloutGroup sample(SampleRequest request, WeightStore weights, Chance chance) {
        RolloutGroup.Builder group = RolloutGroup.newBuilder().setRequest(request);
        if (request.getGroup().getAttempt() == 1 && chance.oneIn(12)) {
            return group.setFailure(Failure.newBuilder()
                            .setReason(FailureReason.MODEL_FAULT)
                            .setDetail("the toy refused")
                            .setStage("sampling"))
                    .build();
        }
        String model;
        try {
            String run = request.getGroup().getRunId();
            model = ToyModel.read(weights.open(run, ModelKind.POLICY, request.getPolicy()));
        } catch (CooperException gone) {
            // A request of long ago, repeated: its version is no longer kept.
            return group.setFailure(gone.toFailure("sampling")).build();
        }
        Rollouts.Builder rollouts = Rollouts.newBuilder().setPolicy(request.getPolicy());
        for (int sample = 0; sample < request.getSampling().getGroupSize(); sample++) {
            rollouts.addCompletions(completion(request, model, sample));
        }
        return group.setRollouts(rollouts).build();
    }

    private static Completion completion(SampleRequest request, String model, int sample) {
        var group = request.getGroup();
        String noise = Sha256.hex(request.getSeed() + "/" + group.getStep() + "/" + group.getPurpose() + "/"
                + group.getSlot() + "/" + sample + "/" + model);
        int answer = noise.charAt(0) % 3;
        return Completion.newBuilder()
                .setText("It is \\boxed{" + answer + "} since " + noise.substring(0, 8))
                .addTokenIds(answer)
                .addLogProbs(-1f)
                .setFinishReason(FinishReason.STOP)
                .build();
    }
}
