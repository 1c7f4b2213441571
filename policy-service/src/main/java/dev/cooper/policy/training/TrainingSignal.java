package dev.cooper.policy.training;

import dev.cooper.languagemodel.training.Advantages;
import dev.cooper.policy.training.RewardedGroup.LeftOut;
import dev.cooper.policy.training.RewardedGroup.Usable;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.TrainingSettings;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** What a scored group would teach a policy by a run's settings: the very rewards and advantages of its trainer. */
public final class TrainingSignal {
    private final Rewards rewards;
    private final Advantages.Options options;

    /** @throws dev.cooper.platform.failure.CooperException BAD_INPUT, naming the setting that is out of its range */
    public TrainingSignal(TrainingSettings settings) {
        PolicyTraining training = PolicyTraining.of(settings);
        this.rewards = new Rewards(training.rewards());
        this.options = training.advantages();
    }

    /**
     * What a completion earned and what follows from it.
     *
     * @param advantage empty when the completion is masked
     */
    public record Value(double reward, OptionalDouble advantage) {}

    /**
     * A value for each completion, in their order; empty when training leaves the group out.
     *
     * @throws dev.cooper.platform.failure.CooperException BAD_INPUT, naming the slot, if the group contradicts itself
     */
    public Optional<List<Value>> of(ScoredGroup group) {
        return switch (rewards.of(group)) {
            case LeftOut _ -> Optional.empty();
            case Usable usable -> {
                List<OptionalDouble> advantages = usable.advantages(options);
                yield Optional.of(IntStream.range(0, advantages.size())
                        .mapToObj(i -> new Value(usable.completions().get(i).reward(), advantages.get(i)))
                        .toList());
            }
        };
    }
}
