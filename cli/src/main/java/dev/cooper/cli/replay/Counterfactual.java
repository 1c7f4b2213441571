package dev.cooper.cli.replay;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.cooper.languagemodel.reward.RewardInput;
import dev.cooper.orchestrator.archive.ArchivedStep;
import dev.cooper.orchestrator.spec.RunSpec;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.policy.training.TrainingSignal;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.reward.input.RewardInputs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Rewards the logged rollouts of a run again, by a reward model or by the rule, without sampling anything: what the
 * rewards and the advantages of each step would have been for the completions that there were. What the policy would
 * have become, and sampled then, no log can tell.
 */
public final class Counterfactual {
    private final Path storage;
    private final Options options;
    private final Listener listener;

    /**
     * What is asked.
     *
     * @param rewardModel folder of the reward model; empty asks the rule
     * @param template what the model reads; empty takes the run's own, and of a run without a reward model VerifyRM's
     * @param tokenBudget most tokens that are computed at once
     * @param prompts how many of those that change most are told of
     */
    public record Options(
            StepRange steps, Optional<Path> rewardModel, Optional<String> template, int tokenBudget, int prompts) {
        public Options {
            require("--token-budget", tokenBudget, 1);
            require("--prompts", prompts, 0);
        }

        private static void require(String option, int value, int least) {
            if (value < least) {
                throw new IllegalArgumentException("%s must be at least %d, not %d".formatted(option, least, value));
            }
        }
    }

    /** Is told as it goes on. */
    public interface Listener {
        /** A completion was compared. */
        void compared(String problemId, ComparedCompletion completion) throws IOException;

        /**
         * A step was compared.
         *
         * @param done steps so far
         * @param total of them
         * @param scoring so far
         */
        void finished(long step, int done, int total, Optional<CounterfactualResult.Scoring> scoring);
    }

    /** @param storage folder with {@code archive} in it */
    public Counterfactual(Path storage, Options options, Listener listener) {
        this.storage = storage;
        this.options = options;
        this.listener = listener;
    }

    /**
     * Compares.
     *
     * @throws java.nio.file.NoSuchFileException if nothing of the run is archived
     * @throws IllegalArgumentException if the archive lacks a step, or the model cannot score a completion
     * @throws dev.cooper.platform.failure.CooperException naming the file, when the archive is damaged
     * @throws dev.cooper.languagemodel.InvalidModelException naming the file, when the model is none
     */
    public CounterfactualResult of(String runId) throws IOException {
        try (ArchivedRun run = ArchivedRun.open(storage, runId)) {
            List<Long> steps = options.steps().of(run.steps());
            try (OtherReward other = other(run.spec())) {
                return compare(runId, run, steps, other);
            }
        }
    }

    private OtherReward other(RunSpec spec) throws IOException {
        if (options.rewardModel().isEmpty()) {
            return new RuleReward();
        }
        RewardInput own =
                spec.reward().map(reward -> RewardInputs.of(reward.scoring())).orElse(RewardInput.STANDARD);
        RewardInput input = options.template()
                .map(template -> new RewardInput(template, own.cut()))
                .orElse(own);
        return ModelReward.load(options.rewardModel().get(), input, options.tokenBudget());
    }

    private CounterfactualResult compare(String runId, ArchivedRun run, List<Long> steps, OtherReward other)
            throws IOException {
        RunSpec spec = run.spec();
        TrainingSignal signal = new TrainingSignal(spec.training());
        ComparedRun compared = new ComparedRun(steps);
        for (long step : steps) {
            List<ScoredGroup> logged = groups(run.step(step));
            List<ScoredGroup> instead = other.rewarded(step, logged);
            for (int i = 0; i < logged.size(); i++) {
                Optional<ComparedGroup> group = ComparedGroup.of(step, logged.get(i), instead.get(i), signal);
                compared.add(group);
                if (group.isPresent()) {
                    tell(group.get());
                }
            }
            listener.finished(step, compared.close(step), steps.size(), other.scoring());
        }
        return new CounterfactualResult(
                runId,
                spec.mode().name().toLowerCase(Locale.ROOT),
                other.name(),
                other.scoring(),
                compared.scoredBy(other.name().checksum()),
                compared.total(),
                compared.stretches(),
                compared.steps(),
                compared.prompts(options.prompts()));
    }

    private void tell(ComparedGroup group) throws IOException {
        for (ComparedCompletion completion : group.completions()) {
            listener.compared(group.problemId(), completion);
        }
    }

    private static List<ScoredGroup> groups(ArchivedStep step) {
        List<ScoredGroup> groups = new ArrayList<>();
        for (LogRecord record : step.policy().records()) {
            try {
                groups.add(ScoredGroup.parseFrom(record.value()));
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException(
                        "record " + record.place() + " of step " + step.step() + " is no scored group", e);
            }
        }
        return groups;
    }
}
