package dev.cooper.orchestrator.preflight;

import dev.cooper.orchestrator.spec.RunSpec;
import dev.cooper.proto.v1.ProbeSettings;
import dev.cooper.proto.v1.SamplingSettings;
import dev.cooper.proto.v1.TrainingSettings;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Computes what a run will need. Rough where it must be: of activations, and of the length of texts. */
final class Estimator {

    /** A log-probability and the text of a token; its id comes to it. */
    private static final int BYTES_PER_TOKEN = 4 + 4;
    /** Verdict, score and what holds a completion together. */
    private static final int BYTES_PER_COMPLETION = 400;
    /** Prompt, reference and settings, where nothing better is known. */
    private static final int BYTES_PER_GROUP = 8 * 1024;
    /** Two checkpoints, and the one that is being written. */
    private static final int CHECKPOINTS = 3;
    /** A group on the topics rollouts, verified and scored. */
    private static final int TOPICS = 3;

    private final RunSpec spec;
    private final ModelFacts policy;
    private final Optional<ModelFacts> reward;

    Estimator(RunSpec spec, ModelFacts policy, Optional<ModelFacts> reward) {
        this.spec = spec;
        this.policy = policy;
        this.reward = reward;
    }

    Estimate estimate() {
        long step =
                spec.sampling().promptsPerStep() * groupBytes(spec.sampling().settings());
        return new Estimate(memory(), disk(step), TOPICS * step * spec.steps(), largestRecord());
    }

    private Map<String, Long> memory() {
        Map<String, Long> memory = new TreeMap<>();
        SamplingSettings sampling = spec.sampling().settings();
        long tokens = (long) sampling.getGroupSize() * sampling.getMaxNewTokens();
        boolean half = sampling.getPrecision().equals("bfloat16");
        memory.put("sampler", policy.samplingBytes(half) + tokens * policy.cacheBytesPerToken());
        boolean reference = spec.training().getGrpo().getKlCoefficient() > 0;
        memory.put("policy_trainer", training(policy, spec.training()) + (reference ? policy.versionBytes() : 0));
        reward.ifPresent(model -> memory.put("scorer", model.versionBytes()));
        spec.reward()
                .flatMap(RunSpec.Reward::training)
                .ifPresent(settings ->
                        memory.put("reward_trainer", training(reward.orElseThrow(), settings) + undoable()));
        return memory;
    }

    /** Weights and two moments as they were before an update that may be undone. */
    private long undoable() {
        boolean judged = spec.reward()
                .flatMap(RunSpec.Reward::probe)
                .filter(ProbeSettings::hasMaxDrop)
                .isPresent();
        return judged ? 3 * reward.orElseThrow().versionBytes() : 0;
    }

    /** Weights, gradients and two moments, and the activations of one micro-batch. */
    private static long training(ModelFacts model, TrainingSettings settings) {
        return 4 * model.versionBytes() + settings.getMicroBatchTokens() * model.activationBytesPerToken();
    }

    private Map<String, Long> disk(long step) {
        Map<String, Long> disk = new TreeMap<>();
        long weights = versions(spec.training(), spec.steps()) * policy.versionBytes();
        long checkpoints = checkpoints(spec.training(), spec.steps()) * policy.checkpointBytes();
        if (reward.isPresent()) {
            Optional<TrainingSettings> training = spec.reward().flatMap(RunSpec.Reward::training);
            weights +=
                    training.map(settings -> versions(settings, spec.steps())).orElse(1L)
                            * reward.get().versionBytes();
            checkpoints += training.map(settings -> checkpoints(settings, spec.steps()))
                            .orElse(0L)
                    * reward.get().checkpointBytes();
        }
        disk.put("weights", weights);
        disk.put("checkpoints", checkpoints);
        // Every record is there twice, as bytes and as columns, compressed to about half; and half of the full length
        // is a long mean.
        disk.put("archive", step * spec.steps() / 2);
        return disk;
    }

    /** Those that are kept, the initial one, and the one that is being written. */
    private static long versions(TrainingSettings settings, int steps) {
        return Math.min(settings.getKeepVersions(), steps) + 2L;
    }

    private static long checkpoints(TrainingSettings settings, int steps) {
        return Math.min(CHECKPOINTS, steps / settings.getCheckpointEvery());
    }

    private long largestRecord() {
        long training = groupBytes(spec.sampling().settings());
        return spec.evaluation()
                .map(evaluation -> Math.max(training, groupBytes(evaluation.settings())))
                .orElse(training);
    }

    /** Of a group whose completions all have full length. */
    long groupBytes(SamplingSettings settings) {
        long completion = (long) settings.getMaxNewTokens() * (BYTES_PER_TOKEN + idBytes()) + BYTES_PER_COMPLETION;
        return BYTES_PER_GROUP + settings.getGroupSize() * completion;
    }

    /** Of the highest token id as a protobuf varint. */
    private int idBytes() {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, policy.vocabulary() - 1));
        return (bits + 6) / 7;
    }
}
