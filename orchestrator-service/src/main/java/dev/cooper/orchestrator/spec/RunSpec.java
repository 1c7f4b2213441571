package dev.cooper.orchestrator.spec;

import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.PairingSettings;
import dev.cooper.proto.v1.ProbeSettings;
import dev.cooper.proto.v1.SamplingSettings;
import dev.cooper.proto.v1.ScoringSettings;
import dev.cooper.proto.v1.TrainingSettings;
import java.time.Duration;
import java.util.List;
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
 * @param hacking how the run is watched for reward hacking; there in modes static and cooper, and only there
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
        Optional<Webhook> webhook,
        Optional<Hacking> hacking) {

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

    /**
     * Where problems come from.
     *
     * @param heldout not empty when the run is evaluated; each of another name
     */
    public record Data(DataSource train, List<HeldOut> heldout) {
        public Data {
            heldout = List.copyOf(heldout);
        }

        /** Held-out problems of one file, if any, named after it. */
        public Data(DataSource train, Optional<DataSource> heldout) {
            this(train, heldout.stream().map(HeldOut::new).toList());
        }
    }

    /**
     * Problems that the policy is evaluated on and never trained on.
     *
     * @param name of their figures: letters, digits, dots, dashes and underscores
     */
    public record HeldOut(String name, DataSource source) {
        /** Named after its file. */
        public HeldOut(DataSource source) {
            this(nameOf(source.path()), source);
        }

        /** A file's name without its last ending, with dashes for what no name has. */
        static String nameOf(String path) {
            String file = path.substring(1 + Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')));
            int dot = file.lastIndexOf('.');
            String stem = (dot > 0 ? file.substring(0, dot) : file).replaceAll("[^A-Za-z0-9._-]+", "-");
            return stem.isEmpty() ? "heldout" : stem;
        }
    }

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
     * @param problems how many of each set's problems, from the first; 0 takes all
     * @param timeAllowed from dispatch; then the missing groups are dispatched again
     */
    public record Evaluation(int every, int problems, SamplingSettings settings, Duration timeAllowed) {}

    /**
     * The model that scores completions.
     *
     * @param model folder in Hugging Face layout, with a head of one label
     * @param checksum that the model must have, as runs show it: lower-case hex; empty when any will do
     * @param scoring how a completion is put before it, the same in scoring and in training
     * @param every it is trained in steps whose number this divides
     * @param trainFrom first step in which it may be trained
     * @param trainTo last step in which it may be trained; 0: the run's last
     * @param training there in mode cooper, and only there; its anchor has the run's seed
     * @param probe labelled completions on which its versions are measured
     */
    public record Reward(
            String model,
            String checksum,
            ScoringSettings scoring,
            int every,
            int trainFrom,
            int trainTo,
            Optional<TrainingSettings> training,
            Optional<ProbeSettings> probe) {
        /** This model, whatever its bytes, measured on nothing. */
        public Reward(String model, ScoringSettings scoring, int every, Optional<TrainingSettings> training) {
            this(model, "", scoring, every, 1, 0, training, Optional.empty());
        }

        /** Whether it is trained in this step, where it is trained at all. */
        boolean trainsIn(long step) {
            return step >= trainFrom && (trainTo == 0 || step <= trainTo) && step % every == 0;
        }

        /** What the trainer gets. */
        public Optional<TrainingSettings> trainerSettings() {
            return training.map(settings -> {
                TrainingSettings.Builder all = settings.toBuilder().setScoring(scoring);
                probe.ifPresent(all::setProbe);
                return all.build();
            });
        }
    }

    /**
     * How a step's pairs are made.
     *
     * @param settings without the version of an embedded assistant, which is the policy's initial one
     * @param timeAllowed from the freeze of the step's groups; then the missing pairs are asked for again
     */
    public record Pairing(PairingSettings settings, Duration timeAllowed) {}

    /**
     * When the policy is suspected of pleasing the reward model instead of being right, and what is done about it.
     *
     * @param baselineSteps the first steps, which the later ones are compared with
     * @param gapExcess of score_gap over the baseline
     * @param falsePositiveExcess of false_positive_share over the baseline
     * @param aucDrop of reward_auc below the baseline
     * @param window steps that a mean is over
     * @param leastCompletions that a mean must rest on to be judged
     * @param examples that an event tells
     */
    public record Hacking(
            int baselineSteps,
            double gapExcess,
            double falsePositiveExcess,
            double aucDrop,
            int window,
            int leastCompletions,
            HackingPolicy policy,
            int examples) {}

    /** What is done when reward hacking is suspected, beside telling it. */
    public enum HackingPolicy {
        ALERT,
        /** The run pauses before the policy is trained on the step. */
        PAUSE,
        /** The reward model goes back to what it was before the steps that the suspicion rests on. */
        ROLLBACK
    }

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
                && reward.get().trainsIn(step);
    }

    /** Whether the policy is evaluated after this step. */
    public boolean evaluatesAfter(long step) {
        return evaluation.isPresent()
                && (step == steps || step % evaluation.get().every() == 0);
    }
}
