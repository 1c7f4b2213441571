package dev.cooper.cli.replay;

import dev.cooper.proto.v1.ScoredGroup;
import java.util.List;
import java.util.Optional;

/** Who would have rewarded the completions. */
interface OtherReward extends AutoCloseable {

    /** The groups of a step as the line would have delivered them; one that failed stays as it is. */
    List<ScoredGroup> rewarded(long step, List<ScoredGroup> groups);

    /** Who it is. */
    CounterfactualResult.Instead name();

    /** What has been scored; empty when nothing is. */
    Optional<CounterfactualResult.Scoring> scoring();

    @Override
    void close();
}
