package dev.cooper.policy.training;

import dev.cooper.languagemodel.tokens.LogProbs;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.languagemodel.training.Advantages;
import dev.cooper.proto.v1.VerdictKind;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** A group as training sees it: usable, with a reward for each completion, or left out. */
sealed interface RewardedGroup {

    int slot();

    /**
     * A group to learn from.
     *
     * @param prompt its tokens, at least one
     * @param completions in the order of samples
     */
    record Usable(int slot, TokenIds prompt, List<Rewarded> completions) implements RewardedGroup {
        public Usable {
            completions = List.copyOf(completions);
        }

        /** The advantage of each completion, in order; a masked one has none. */
        List<OptionalDouble> advantages(Advantages.Options options) {
            double[] rewards = completions.stream()
                    .filter(completion -> !completion.masked())
                    .mapToDouble(Rewarded::reward)
                    .toArray();
            double[] counted = Advantages.groupRelative(rewards, options);
            List<OptionalDouble> advantages = new ArrayList<>();
            int next = 0;
            for (Rewarded completion : completions) {
                advantages.add(completion.masked() ? OptionalDouble.empty() : OptionalDouble.of(counted[next++]));
            }
            return advantages;
        }
    }

    /**
     * A group that failed, or whose verdicts mean nothing.
     *
     * @param why for the log
     */
    record LeftOut(int slot, String why) implements RewardedGroup {}

    /**
     * A completion and what it earned.
     *
     * @param logProbs of the sampler, one a token
     * @param masked as if it had not been sampled: neither trained on nor part of the group's baseline
     * @param truncated whether it was cut off at its greatest length
     * @param answered whether an answer could be read in it
     */
    record Rewarded(
            TokenIds tokens,
            LogProbs logProbs,
            double reward,
            boolean masked,
            VerdictKind verdict,
            boolean truncated,
            boolean answered) {}
}
