package dev.cooper.simulation;

import dev.cooper.modelruntime.trainer.TrainerHost;
import dev.cooper.orchestrator.run.Trainer;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.AdoptRequest;
import dev.cooper.proto.v1.AttachRequest;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.TrainRequest;
import dev.cooper.proto.v1.TrainResult;
import dev.cooper.proto.v1.TrainerState;
import java.util.function.Function;
import java.util.function.Supplier;

/** A trainer over a network: a call may not arrive, an answer may be lost, and it dies and comes back. */
final class DyingTrainer implements Trainer {
    private final Supplier<TrainerHost> hosts;
    private final Chance chance;
    private TrainerHost host;

    DyingTrainer(Supplier<TrainerHost> hosts, Chance chance) {
        this.hosts = hosts;
        this.chance = chance;
        this.host = hosts.get();
    }

    void restart() {
        host = hosts.get();
    }

    @Override
    public TrainerState attach(AttachRequest request) {
        return call(trainer -> trainer.attach(request));
    }

    @Override
    public TrainResult train(TrainRequest request) {
        return call(trainer -> trainer.train(request));
    }

    @Override
    public TrainResult adopt(AdoptRequest request) {
        return call(trainer -> trainer.adopt(request));
    }

    private <T> T call(Function<TrainerHost, T> command) {
        if (chance.isChaotic() && chance.oneIn(15)) {
            throw new CooperException(FailureReason.NO_CAPACITY, "the trainer is not there");
        }
        chance.mayCrash("orchestrator before a call");
        T answer;
        try {
            answer = command.apply(host);
        } catch (Crash crash) {
            restart();
            throw new CooperException(FailureReason.NO_CAPACITY, "the trainer died: " + crash.getMessage());
        }
        chance.mayCrash("orchestrator before it has read the answer");
        if (chance.isChaotic() && chance.oneIn(15)) {
            throw new CooperException(FailureReason.TIMEOUT, "no answer in time");
        }
        return answer;
    }
}
