package dev.cooper.orchestrator.run;

import dev.cooper.orchestrator.spec.RunSpec;
import dev.cooper.proto.v1.GrpoSettings;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.SamplingSettings;
import dev.cooper.proto.v1.TrainingSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Runs for tests. */
public final class TestRuns {

    public static final Instant CREATED = Instant.parse("2026-11-21T03:00:00.123456Z");

    private TestRuns() {}

    /** A run in state QUEUED over this training data. */
    public static Run queued(String id, String trainPath) {
        return Run.queued(id, spec(trainPath), CREATED);
    }

    public static ModelRef version(long number) {
        return ModelRef.newBuilder()
                .setNumber(number)
                .setIncarnation(1)
                .setChecksum("c" + number)
                .build();
    }

    public static RunSpec spec(String trainPath) {
        SamplingSettings settings = SamplingSettings.newBuilder()
                .setGroupSize(4)
                .setTemperature(1)
                .setTopP(1)
                .setMaxNewTokens(16)
                .addStopStrings("\n\n")
                .build();
        TrainingSettings training = TrainingSettings.newBuilder()
                .setLearningRate(3e-4)
                .setMaxGradientNorm(1)
                .setMiniBatches(1)
                .setMicroBatchTokens(1024)
                .setCheckpointEvery(5)
                .setKeepVersions(3)
                .setTemperature(1)
                .setGrpo(GrpoSettings.newBuilder()
                        .setClipLow(0.2)
                        .setClipHigh(0.2)
                        .setKlEstimator("k3")
                        .setAggregation("token-mean")
                        .setConstantLength(16)
                        .setAdvantageEpsilon(1e-6)
                        .setDivideByStd(true))
                .build();
        RunSpec.DataSource train = new RunSpec.DataSource(trainPath, "auto", "", "question", "answer", 0);
        return new RunSpec(
                "a run",
                Mode.RULE,
                7,
                3,
                1,
                3,
                RunSpec.Recovery.EXACT,
                new RunSpec.Data(train, Optional.of(train)),
                new RunSpec.Prompt("{{question}}\n"),
                new RunSpec.Policy("/models/tiny"),
                new RunSpec.Sampling(3, settings, Duration.ofSeconds(90)),
                training,
                Optional.of(new RunSpec.Evaluation(
                        2, 2, settings.toBuilder().setGroupSize(2).build())));
    }
}
