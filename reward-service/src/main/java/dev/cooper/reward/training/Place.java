package dev.cooper.reward.training;

import dev.cooper.reward.training.RewardTrainingSpec.Evaluation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Where a training is: with weights and optimiser state, all that it needs to go on as if it had never stopped.
 *
 * @param step optimiser steps done
 * @param lossSum of the steps since the last trial
 * @param lossSteps number of those
 * @param trials so far
 * @param best step of the best trial; -1 before the first
 */
record Place(int step, double lossSum, int lossSteps, List<Trial> trials, int best) {

    static final Place START = new Place(0, 0, 0, List.of(), -1);

    Place {
        trials = List.copyOf(trials);
    }

    Place stepped(double loss) {
        return new Place(step + 1, lossSum + loss, lossSteps + 1, trials, best);
    }

    OptionalDouble trainingLoss() {
        return lossSteps == 0 ? OptionalDouble.empty() : OptionalDouble.of(lossSum / lossSteps);
    }

    /** Whether a trial is the best one so far. */
    boolean isBest(Trial trial, Evaluation evaluation) {
        return bestTrial()
                .map(before -> trial.auc() > before.auc() + evaluation.leastGain())
                .orElse(true);
    }

    Place tried(Trial trial, boolean isBest) {
        List<Trial> all = new ArrayList<>(trials);
        all.add(trial);
        return new Place(step, 0, 0, all, isBest ? trial.step() : best);
    }

    Optional<Trial> bestTrial() {
        return trials.stream().filter(trial -> trial.step() == best).max(Comparator.comparingInt(Trial::step));
    }

    boolean isTried() {
        return !trials.isEmpty() && trials.getLast().step() == step;
    }

    /** Whether so many trials in a row were no better that the training ends. */
    boolean isExhausted(Evaluation evaluation) {
        long since = trials.stream().filter(trial -> trial.step() > best).count();
        return evaluation.patience() > 0 && since >= evaluation.patience();
    }
}
