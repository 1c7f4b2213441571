package dev.cooper.pretraining.corpus;

import dev.cooper.languagemodel.random.CounterRandom;
import dev.cooper.pretraining.problems.Problem;
import dev.cooper.pretraining.problems.Split;
import dev.cooper.pretraining.problems.WordProblems;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The problems that reward models learn from: of the training side, and none of those in {@code train.jsonl}, so that a
 * policy is never scored on a question that the reward model has seen.
 */
public final class RewardProblems {
    private static final long ATTEMPTS = 1L << 40;

    private final WordProblems problems;
    private final Set<String> taken;

    /** The problems of a seed, apart from the data sets of the same seed. */
    public RewardProblems(long seed) {
        problems = new WordProblems(CounterRandom.key(seed, "reward problems"));
        taken = DataSets.distinct(new WordProblems(seed), Split.TRAINING, DataSets.TRAINING_PROBLEMS).stream()
                .map(Problem::question)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The problem at an index (from 0). */
    public Problem at(long index) {
        for (long place = index; ; place += ATTEMPTS) {
            Problem problem = problems.at(Split.TRAINING, place);
            if (!taken.contains(problem.question())) {
                return problem;
            }
        }
    }
}
