package dev.cooper.simulation;

import dev.cooper.platform.control.ControlBoard;
import dev.cooper.platform.line.Admission;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.GroupMessage;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.ScoredAs;
import dev.cooper.platform.line.Sha256;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.proto.v1.Completion;
import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.NoPair;
import dev.cooper.proto.v1.NoPairReason;
import dev.cooper.proto.v1.Pair;
import dev.cooper.proto.v1.PairOutcome;
import dev.cooper.proto.v1.PairSide;
import dev.cooper.proto.v1.Purpose;
import dev.cooper.proto.v1.RecordRef;
import dev.cooper.proto.v1.RunControl;
import dev.cooper.proto.v1.SampleRequest;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.Verdict;
import dev.cooper.proto.v1.VerdictKind;
import dev.cooper.proto.v1.VerifiedGroup;
import dev.cooper.simulation.StageProcess.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Makes pairs with a toy: which completion is drawn and what is written is a function of seed, step, slot and the
 * group. It works on the open step's groups whatever attempt made them, and fails now and then.
 */
record ToyAssistant(ControlBoard board, TopicNames names, Chance chance) {

    Outcome process(LogRecord record) {
        GroupHeaders headers = GroupHeaders.parse(record.headers());
        return switch (admit(headers)) {
            case AHEAD -> new Outcome.Later();
            case STALE -> new Outcome.Finished(List.of());
            case CURRENT -> new Outcome.Finished(pair(record, headers));
        };
    }

    private Admission admit(GroupHeaders headers) {
        Optional<RunControl> control = board.of(headers.runId());
        if (headers.purpose() != Purpose.TRAINING) {
            return Admission.STALE;
        }
        if (control.isEmpty() || headers.step() > control.get().getStep()) {
            return Admission.AHEAD;
        }
        return headers.step() < control.get().getStep() ? Admission.STALE : Admission.CURRENT;
    }

    private List<OutgoingRecord> pair(LogRecord record, GroupHeaders headers) {
        ScoredGroup group = Messages.parse(record, ScoredGroup.parser());
        SampleRequest request = group.getVerified().getRollouts().getRequest();
        if (!request.hasPairing()) {
            return List.of();
        }
        ScoredAs place = ScoredAs.read(record.headers()).orElse(new ScoredAs(record.partition(), record.offset()));
        PairOutcome.Builder outcome = PairOutcome.newBuilder()
                .setGroup(headers.toGroupId())
                .setScored(RecordRef.newBuilder()
                        .setSlot(headers.slot())
                        .setTopic(names.name(record.topic()))
                        .setPartition(place.partition())
                        .setOffset(place.offset())
                        .setSha256(record.sha256()));
        fill(outcome, group, request);
        return List.of(GroupMessage.PAIRS.record(outcome.build()));
    }

    private void fill(PairOutcome.Builder outcome, ScoredGroup group, SampleRequest request) {
        List<Integer> right = correct(group.getVerified());
        if (group.hasFailure()) {
            outcome.setFailure(group.getFailure());
        } else if (chance.oneIn(12)) {
            outcome.setFailure(Failure.newBuilder()
                    .setReason(FailureReason.NO_CAPACITY)
                    .setDetail("the toy is busy")
                    .setStage("pairing"));
        } else if (right.isEmpty()) {
            outcome.setNone(NoPair.newBuilder().setReason(NoPairReason.NOTHING_CORRECT));
        } else {
            outcome.setPair(pair(group.getVerified(), request, right));
        }
    }

    private static List<Integer> correct(VerifiedGroup group) {
        return IntStream.range(0, group.getVerdicts().getVerdictsCount())
                .filter(i -> group.getVerdicts().getVerdicts(i).getKind() == VerdictKind.CORRECT)
                .boxed()
                .toList();
    }

    private static Pair pair(VerifiedGroup group, SampleRequest request, List<Integer> right) {
        String noise = Sha256.hex(request.getSeed() + "/" + request.getGroup().getStep() + "/"
                + request.getGroup().getSlot());
        int sample = right.get(noise.charAt(0) % right.size());
        Completion drawn = group.getRollouts().getRollouts().getCompletions(sample);
        return Pair.newBuilder()
                .setPositive(side(drawn.getText(), VerdictKind.CORRECT, sample))
                .setNegative(side("No, " + noise.substring(0, 8) + ": " + drawn.getText(), VerdictKind.INCORRECT, -1))
                .setAttempts(1)
                .build();
    }

    private static PairSide side(String text, VerdictKind verdict, int sample) {
        return PairSide.newBuilder()
                .setText(text)
                .setVerdict(Verdict.newBuilder().setKind(verdict))
                .setSample(sample)
                .build();
    }
}
