package dev.cooper.orchestrator.run;

import dev.cooper.orchestrator.spec.RunSpec;
import dev.cooper.proto.v1.AssistantKind;
import dev.cooper.proto.v1.GrpoSettings;
import dev.cooper.proto.v1.LengthRatio;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.NegativeSource;
import dev.cooper.proto.v1.PairingSettings;
import dev.cooper.proto.v1.RewriteStyle;
import dev.cooper.proto.v1.SamplingSettings;
import dev.cooper.proto.v1.ScoringSettings;
import dev.cooper.proto.v1.SourceShare;
import dev.cooper.proto.v1.TrainingSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Runs for tests. */
public final class TestRuns {

    public static final Instant CREATED = Instant.parse("2026-11-21T03:00:00.123456Z");

    private TestRuns() {}

    /** A run in state QUEUED over this training data. */
    public static Run queued(String id, String trainPath) {
        return Run.queued(id, spec(trainPath), CREATED);
    }

    /** The run in this state, at step 2 and version 1. */
    public static Run begun(Run run, RunState state, String reason) {
        return run.prepared(version(0), run.rewardModel().map(_ -> version(0)), run.createdAt())
                .with(ModelKind.POLICY, version(1))
                .with(new RunStatus(state, run.wish(), reason, run.fence(), 2));
    }

    /** The run as it was created, but in this state. */
    public static Run in(Run run, RunState state) {
        return run.with(run.status().in(state, ""));
    }

    /** A step in mode rule that is in this state and brought the policy from one version to another. */
    public static Step step(String runId, long number, StepState state, long before, long after) {
        return new Step(
                runId,
                number,
                state,
                ModelUpdate.from(version(before)).made(version(after), "batch"),
                Optional.empty(),
                Map.of(),
                StepInstants.started(CREATED).committed(CREATED));
    }

    /** The step with these metrics. */
    public static Step measured(Step step, Map<String, Double> metrics) {
        return new Step(
                step.runId(), step.number(), step.state(), step.policy(), step.reward(), metrics, step.instants());
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
                .setPrecision("float32")
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
                        2, 2, settings.toBuilder().setGroupSize(2).build(), Duration.ofSeconds(90))));
    }

    /** A spec in mode cooper over this training data. */
    public static RunSpec cooperSpec(String trainPath) {
        return cooper(spec(trainPath), 1);
    }

    /** The same run in mode cooper, with pairs from edits. */
    static RunSpec cooper(RunSpec rule, int every) {
        ScoringSettings scoring = ScoringSettings.newBuilder()
                .setCutOverCharacters(1500)
                .setKeepFirstCharacters(500)
                .setKeepLastCharacters(1000)
                .build();
        TrainingSettings training = TrainingSettings.newBuilder()
                .setLearningRate(1e-5)
                .setMaxGradientNorm(1)
                .setMiniBatches(1)
                .setMicroBatchTokens(1024)
                .setCheckpointEvery(5)
                .setKeepVersions(3)
                .setScoring(scoring)
                .build();
        PairingSettings pairing = PairingSettings.newBuilder()
                .addSources(SourceShare.newBuilder()
                        .setSource(NegativeSource.ASSISTANT)
                        .setShare(1))
                .setStyle(RewriteStyle.WRONG_THROUGHOUT)
                .setAttempts(3)
                .setTemperature(0.7)
                .setExtraTokens(500)
                .setAssistant(AssistantKind.EMBEDDED)
                .setLengthRatio(LengthRatio.newBuilder().setLeast(0.5).setMost(2))
                .setDigitCopies(0.5)
                .setSameForm(true)
                .build();
        return with(
                rule,
                Mode.COOPER,
                Optional.of(new RunSpec.Reward("/models/verifyrm", scoring, every, Optional.of(training))),
                Optional.of(new RunSpec.Pairing(pairing, Duration.ofMinutes(2))));
    }

    static RunSpec with(RunSpec rule, Mode mode, Optional<RunSpec.Reward> reward, Optional<RunSpec.Pairing> pairing) {
        return new RunSpec(
                rule.name(),
                mode,
                rule.seed(),
                rule.steps(),
                rule.quorum(),
                rule.maxAttempts(),
                rule.recovery(),
                rule.data(),
                rule.prompt(),
                rule.policy(),
                rule.sampling(),
                rule.training(),
                rule.evaluation(),
                reward,
                pairing,
                Optional.empty(),
                Optional.empty());
    }

    /** The same run with so many steps, and this recovery. */
    static RunSpec lasting(RunSpec spec, int steps, RunSpec.Recovery recovery) {
        return new RunSpec(
                spec.name(),
                spec.mode(),
                spec.seed(),
                steps,
                spec.quorum(),
                spec.maxAttempts(),
                recovery,
                spec.data(),
                spec.prompt(),
                spec.policy(),
                spec.sampling(),
                spec.training(),
                spec.evaluation(),
                spec.reward(),
                spec.pairing(),
                spec.webhook(),
                spec.hacking());
    }

    /** The same run, watched so for reward hacking. */
    public static RunSpec watched(RunSpec spec, RunSpec.Hacking hacking) {
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
                Optional.of(hacking));
    }
}
