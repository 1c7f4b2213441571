package dev.cooper.orchestrator.spec;

import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.PairingSettings;
import dev.cooper.proto.v1.SamplingSettings;
import dev.cooper.proto.v1.ScoringSettings;
import dev.cooper.proto.v1.TrainingSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A run as its user asked for it, with every default filled in. Frozen in the run's row when the run is created; the
 * same spec and the same data give the same prompts in the same order.
 *
 * @param name for people; need not be unique
 * @param seed of all noise in the run
 * @param steps training steps, at least 1
 * @param quorum share of a step's groups that must close before it trains; below 1 the slowest groups, which are the
 *     longest, are left out: a bias
 * @param maxAttempts how often a group is dispatched before the run pauses and names it
 * @param reward who scores; there in modes static and cooper, and only there
 * @param pairing how the reward model's pairs are made; there in mode cooper, and only there
 * @param webhook whom to tell when the run ends or pauses
 */
public record RunSpec(
        String name,
        Mode mode,
        long seed,
        int steps,
        double quorum,
        int maxAttempts,
        Recovery recovery,
        Data data,
        Prompt prompt,
        Policy policy,
        Sampling sampling,
        TrainingSettings training,
        Optional<Evaluation> evaluation,
        Optional<Reward> reward,
        Optional<Pairing> pairing,
        Optional<Webhook> webhook) {

    /** A run without a reward model, of which nobody is told. */
    public RunSpec(
            String name,
            Mode mode,
            long seed,
            int steps,
            double quorum,
            int maxAttempts,
            Recovery recovery,
            Data data,
            Prompt prompt,
            Policy policy,
            Sampling sampling,
            TrainingSettings training,
            Optional<Evaluation> evaluation) {
        this(
                name,
                mode,
                seed,
                steps,
                quorum,
                maxAttempts,
                recovery,
                data,
                prompt,
                policy,
                sampling,
                training,
                evaluation,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** What a trainer does when a replayed step gives other bytes than the recorded ones. */
    public enum Recovery {
        /** Stop the run and show both checksums: right on a CPU, where replay is exact. */
        EXACT,
        /** Go on under a new incarnation of the version. */
        CONTINUE
    }

    /** Where problems come from. {@code heldout} is there when the run is evaluated. */
    public record Data(DataSource train, Optional<DataSource> heldout) {}

    /**
     * A file of problems.
     *
     * @param path file, absolute or relative to the orchestrator's working directory
     * @param format auto, jsonl, json, csv or parquet
     * @param id column or template; empty: the row's number
     * @param question a column's name, or a template of columns such as {@code {{Body}} {{Question}}}
     * @param answer like {@code question}
     * @param limit rows read; 0 reads all
     * @param sha256 of the file, lower-case hex: filled in when the run is created, so that a run never goes on with
     *     other data; empty when nobody has looked
     */
    public record DataSource(
            String path, String format, String id, String question, String answer, int limit, String sha256) {

        /** A source whose bytes nobody has looked at yet. */
        public DataSource(String path, String format, String id, String question, String answer, int limit) {
            this(path, format, id, question, answer, limit, "");
        }

        /** The same source, pinned to these bytes. */
        public DataSource pinned(String fileSha256) {
            return new DataSource(path, format, id, question, answer, limit, fileSha256);
        }
    }

    /**
     * How a question becomes a prompt.
     *
     * @param template the text that the policy continues; {@code {{question}}} stands for the question
     */
    public record Prompt(String template) {
        /** The prompt of a question. */
        public String render(String question) {
            return template.replace("{{question}}", question);
        }
    }

    /**
     * The model that is trained.
     *
     * @param model folder in Hugging Face layout
     * @param checksum that the model must have, as runs show it: lower-case hex; empty when any will do
     */
    public record Policy(String model, String checksum) {
        /** This model, whatever its bytes. */
        public Policy(String model) {
            this(model, "");
        }
    }

    /**
     * What a training step samples.
     *
     * @param promptsPerStep groups a step
     * @param settings of each group
     * @param timeAllowed from dispatch; then the missing groups are dispatched again
     */
    public record Sampling(int promptsPerStep, SamplingSettings settings, Duration timeAllowed) {}

    /**
     * Held-out evaluation before the first step, every {@code every} steps and after the last.
     *
     * @param problems how many of the held-out problems, from the first; 0 takes all
     */
    public record Evaluation(int every, int problems, SamplingSettings settings) {}

    /**
     * The model that scores completions.
     *
     * @param model folder in Hugging Face layout, with a head of one label
     * @param checksum that the model must have, as runs show it: lower-case hex; empty when any will do
     * @param scoring how a completion is put before it, the same in scoring and in training
     * @param every it is trained every so many steps
     * @param training there in mode cooper, and only there
     */
    public record Reward(
            String model, String checksum, ScoringSettings scoring, int every, Optional<TrainingSettings> training) {
        /** This model, whatever its bytes. */
        public Reward(String model, ScoringSettings scoring, int every, Optional<TrainingSettings> training) {
            this(model, "", scoring, every, training);
        }
    }

    /**
     * How a step's pairs are made.
     *
     * @param settings without the version of an embedded assistant, which is the policy's initial one
     * @param timeAllowed from the freeze of the step's groups; then the missing pairs are asked for again
     */
    public record Pairing(PairingSettings settings, Duration timeAllowed) {}

    /** Whom to tell by HTTP when the run comes to one of these. */
    public record Webhook(String url, Set<Occasion> on) {
        public Webhook {
            on = Set.copyOf(on);
        }
    }

    /** What a webhook can wait for. */
    public enum Occasion {
        COMPLETED,
        FAILED,
        PAUSED
    }

    /** Whether the reward model is trained in this step. */
    public boolean trainsRewardIn(long step) {
        return mode == Mode.COOPER
                && step > 0
                && reward.isPresent()
                && step % reward.get().every() == 0;
    }

    /** Whether the policy is evaluated after this step. */
    public boolean evaluatesAfter(long step) {
        return evaluation.isPresent()
                && (step == steps || step % evaluation.get().every() == 0);
    }
}
