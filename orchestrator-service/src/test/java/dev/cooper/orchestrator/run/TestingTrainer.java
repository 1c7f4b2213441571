package dev.cooper.orchestrator.run;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.failure.PreconditionException;
import dev.cooper.proto.v1.AdoptRequest;
import dev.cooper.proto.v1.AttachRequest;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.TrainRequest;
import dev.cooper.proto.v1.TrainResult;
import dev.cooper.proto.v1.TrainerState;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A trainer whose weights are a text: what they were, and the manifests since. It checkpoints every so often. */
final class TestingTrainer implements Trainer {
    final List<String> calls = new ArrayList<>();
    private final NavigableMap<Long, ModelRef> checkpoints = new TreeMap<>();
    private final int checkpointEvery;
    private ModelRef held = ModelRef.newBuilder().setChecksum("initial").build();

    /** Set before a replay that is to give other bytes. */
    String jitter = "";

    /** How many of the next updates are made without an answer. */
    int answersLost;

    private ModelRef lastBase = ModelRef.getDefaultInstance();

    TestingTrainer(int checkpointEvery) {
        this.checkpointEvery = checkpointEvery;
        checkpoints.put(0L, held);
    }

    ModelRef held() {
        return held;
    }

    /** Goes on from its last checkpoint. */
    void restart() {
        lastBase = ModelRef.getDefaultInstance();
        held = checkpoints.lastEntry().getValue();
    }

    /** Goes on from the initial model. */
    void loseCheckpoints() {
        checkpoints.tailMap(0L, false).clear();
        restart();
    }

    @Override
    public TrainerState attach(AttachRequest request) {
        if (request.hasNewestAllowed() && held.getNumber() > request.getNewestAllowed()) {
            calls.add("load at most " + request.getNewestAllowed());
            held = checkpoints.floorEntry(request.getNewestAllowed()).getValue();
        }
        return TrainerState.newBuilder().setVersion(held).build();
    }

    @Override
    public TrainResult train(TrainRequest request) {
        if (request.getBase().equals(lastBase)) {
            return made();
        }
        if (!request.getBase().equals(held)) {
            throw PreconditionException.wrongVersion(held, request.getBase());
        }
        String checksum = held.getChecksum() + "+" + request.getStep() + jitter;
        boolean other = !request.getExpectedChecksum().isEmpty()
                && !request.getExpectedChecksum().equals(checksum);
        if (other && !request.getAcceptOtherBytes()) {
            throw new CooperException(FailureReason.INTERNAL, "other bytes: " + checksum);
        }
        calls.add("train " + request.getStep());
        lastBase = held;
        held = ModelRef.newBuilder()
                .setNumber(held.getNumber() + 1)
                .setIncarnation(Math.max(held.getIncarnation(), request.getExpectedIncarnation() + (other ? 1 : 0)))
                .setChecksum(checksum)
                .build();
        if (held.getNumber() % checkpointEvery == 0 || other) {
            checkpoints.put(held.getNumber(), held);
        }
        if (answersLost > 0) {
            answersLost--;
            throw new CooperException(FailureReason.TIMEOUT, "no answer");
        }
        return made();
    }

    private TrainResult made() {
        return TrainResult.newBuilder()
                .setVersion(held)
                .setUpdated(true)
                .setBatchSha256("batch")
                .build();
    }

    @Override
    public TrainResult adopt(AdoptRequest request) {
        if (!held.equals(request.getBecomes())) {
            if (!held.equals(request.getHeld())) {
                throw PreconditionException.wrongVersion(held, request.getHeld());
            }
            calls.add(
                    "adopt " + held.getNumber() + " as " + request.getBecomes().getNumber());
            checkpoints.tailMap(held.getNumber(), false).clear();
            held = request.getBecomes();
            checkpoints.put(held.getNumber(), held);
        }
        return TrainResult.newBuilder().setVersion(held).setUpdated(true).build();
    }
}
