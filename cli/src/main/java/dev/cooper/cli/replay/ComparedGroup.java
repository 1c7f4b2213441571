package dev.cooper.cli.replay;

import dev.cooper.policy.training.TrainingSignal;
import dev.cooper.policy.training.TrainingSignal.Value;
import dev.cooper.proto.v1.Completion;
import dev.cooper.proto.v1.Problem;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * A group as it was rewarded and as it would have been.
 *
 * @param scoredBy checksum of the reward model that scored it; empty in mode rule
 */
record ComparedGroup(
        int slot,
        String problemId,
        String question,
        String reference,
        String scoredBy,
        List<ComparedCompletion> completions) {

    ComparedGroup {
        completions = List.copyOf(completions);
    }

    /** Compares; empty when training leaves the group out, whoever rewards. */
    static Optional<ComparedGroup> of(long step, ScoredGroup logged, ScoredGroup other, TrainingSignal signal) {
        Optional<List<Value>> before = signal.of(logged);
        Optional<List<Value>> after = signal.of(other);
        if (before.isEmpty() || after.isEmpty()) {
            return Optional.empty();
        }
        RolloutGroup rollouts = logged.getVerified().getRollouts();
        Problem problem = rollouts.getRequest().getProblem();
        int slot = rollouts.getRequest().getGroup().getSlot();
        List<ComparedCompletion> completions = new ArrayList<>();
        for (int sample = 0; sample < before.get().size(); sample++) {
            Completion completion = rollouts.getRollouts().getCompletions(sample);
            Verdict verdict = logged.getVerified().getVerdicts().getVerdicts(sample);
            Value then = before.get().get(sample);
            Value instead = after.get().get(sample);
            completions.add(new ComparedCompletion(
                    step,
                    slot,
                    sample,
                    completion.getText(),
                    verdict.getKind().name(),
                    verdict.getReason(),
                    then.reward(),
                    instead.reward(),
                    then.advantage(),
                    instead.advantage()));
        }
        return Optional.of(new ComparedGroup(
                slot,
                problem.getId(),
                problem.getQuestion(),
                problem.getReferenceAnswer(),
                logged.getScores().getReward().getChecksum(),
                completions));
    }

    /** Whether it taught anything. */
    boolean taught() {
        return teaches(ComparedCompletion::advantageLogged);
    }

    /** Whether it would have taught anything. */
    boolean wouldTeach() {
        return teaches(ComparedCompletion::advantageOther);
    }

    private boolean teaches(Function<ComparedCompletion, OptionalDouble> advantage) {
        return completions.stream()
                .anyMatch(completion -> advantage.apply(completion).orElse(0) != 0);
    }
}
