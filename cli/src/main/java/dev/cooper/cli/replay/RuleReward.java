package dev.cooper.cli.replay;

import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.Scores;
import java.util.List;
import java.util.Optional;

/** The verdicts that were logged, as rewards. */
final class RuleReward implements OtherReward {

    @Override
    public List<ScoredGroup> rewarded(long step, List<ScoredGroup> groups) {
        return groups.stream().map(RuleReward::byRule).toList();
    }

    private static ScoredGroup byRule(ScoredGroup group) {
        if (!group.hasScores()) {
            return group;
        }
        ScoredGroup.Builder other = group.toBuilder().setScores(Scores.getDefaultInstance());
        other.getVerifiedBuilder()
                .getRolloutsBuilder()
                .getRequestBuilder()
                .setMode(Mode.RULE)
                .clearReward();
        return other.build();
    }

    @Override
    public CounterfactualResult.Instead name() {
        return new CounterfactualResult.Instead("rule", Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Override
    public Optional<CounterfactualResult.Scoring> scoring() {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
