package dev.cooper.simulation;

import dev.cooper.orchestrator.spec.RunSpec;
import dev.cooper.orchestrator.spec.RunSpec.HackingPolicy;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.PairingSettings;
import dev.cooper.proto.v1.SamplingSettings;
import dev.cooper.proto.v1.ScoringSettings;
import dev.cooper.proto.v1.TrainingSettings;
import java.time.Duration;
import java.util.Optional;

/** The run that is simulated. */
final class SimulatedSpec {
    private SimulatedSpec() {}

    /** @param every in mode cooper, how often the reward model is trained */
    static RunSpec of(Mode mode, int every, int steps) {
        return of(mode, every, steps, RunSpec.Recovery.EXACT);
    }

    static RunSpec of(Mode mode, int every, int steps, RunSpec.Recovery recovery) {
        SamplingSettings sampling = SamplingSettings.newBuilder()
                .setPrecision("float32")
                .setGroupSize(2)
                .setTemperature(1)
                .setTopP(1)
                .setMaxNewTokens(8)
                .build();
        RunSpec.DataSource data = new RunSpec.DataSource("unused", "jsonl", "id", "question", "answer", 0);
        return new RunSpec(
                "simulation",
                mode,
                11,
                steps,
                1.0,
                3,
                recovery,
                new RunSpec.Data(data, Optional.of(data)),
                new RunSpec.Prompt("{{question}}\n"),
                new RunSpec.Policy("toy"),
                new RunSpec.Sampling(World.GROUPS, sampling, Duration.ofMinutes(2)),
                training(3),
                Optional.of(new RunSpec.Evaluation(3, World.HELD_OUT, sampling, Duration.ofMinutes(2))),
                mode == Mode.RULE ? Optional.empty() : Optional.of(reward(mode, every)),
                mode == Mode.COOPER ? Optional.of(pairing()) : Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same run, whose toy of a reward model is suspected at the slightest change and then goes back. */
    static RunSpec suspicious(RunSpec spec) {
        return new RunSpec(
                spec.name(),
                spec.mode(),
                spec.seed(),
                spec.steps(),
                spec.quorum(),
                spec.maxAttempts(),
                spec.recovery(),
                spec.data(),
                spec.prompt(),
                spec.policy(),
                spec.sampling(),
                spec.training(),
                spec.evaluation(),
                spec.reward(),
                spec.pairing(),
                spec.webhook(),
                Optional.of(new RunSpec.Hacking(1, 0.001, 0.001, 0.001, 1, 1, HackingPolicy.ROLLBACK, 1)));
    }

    private static TrainingSettings training(int checkpointEvery) {
        return TrainingSettings.newBuilder()
                .setCheckpointEvery(checkpointEvery)
                .setKeepVersions(3)
                .build();
    }

    private static RunSpec.Reward reward(Mode mode, int every) {
        return new RunSpec.Reward(
                "toy reward model",
                ScoringSettings.getDefaultInstance(),
                every,
                mode == Mode.COOPER ? Optional.of(training(2)) : Optional.empty());
    }

    private static RunSpec.Pairing pairing() {
        return new RunSpec.Pairing(PairingSettings.newBuilder().setAttempts(3).build(), Duration.ofMinutes(2));
    }
}
