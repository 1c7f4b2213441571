package dev.cooper.cli.replay;

import java.util.OptionalDouble;

/**
 * Rewards as they were logged beside rewards as they would have been. Means and shares are over the completions of
 * groups that training uses.
 *
 * @param groupsExcluded that training leaves out: failed, or with a reference that cannot be read
 * @param rewardDifferenceMean of the absolute difference of the two rewards
 * @param rewardDifferenceMax the greatest
 * @param ruleAccuracy share of completions whose verdict is CORRECT
 * @param signChanges completions whose advantage is above 0 in one and below 0 in the other
 * @param signChangeShare of the completions that have an advantage in both
 * @param advantageChangeMean of the absolute difference of the two advantages
 * @param advantageCorrelation Pearson's; empty when one of them has no spread
 * @param spreadLost groups that taught something and would not have
 * @param spreadGained groups that taught nothing and would have
 */
public record RewardComparison(
        long groups,
        long groupsExcluded,
        long completions,
        double rewardLogged,
        double rewardOther,
        double rewardDifferenceMean,
        double rewardDifferenceMax,
        double ruleAccuracy,
        long signChanges,
        double signChangeShare,
        double advantageChangeMean,
        OptionalDouble advantageCorrelation,
        long spreadLost,
        long spreadGained) {}
