package dev.cooper.cli.replay;

import dev.cooper.cli.replay.CounterfactualResult.Step;
import dev.cooper.cli.replay.CounterfactualResult.Stretch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What has been compared so far, by step, by stretch and in all. */
final class ComparedRun {
    private static final int STRETCHES = 20;

    private final List<Long> wanted;
    private final int stretchLength;
    private final ComparisonSums total = new ComparisonSums();
    private final ChangedPrompts prompts = new ChangedPrompts();
    private final Set<String> scoredBy = new HashSet<>();
    private final List<Stretch> stretches = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private ComparisonSums stretch = new ComparisonSums();
    private ComparisonSums step = new ComparisonSums();

    /** @param wanted all that will be compared, in their order */
    ComparedRun(List<Long> wanted) {
        this.wanted = wanted;
        this.stretchLength = Math.ceilDiv(wanted.size(), STRETCHES);
    }

    /** Adds a group of the open step; an empty one is left out by training. */
    void add(Optional<ComparedGroup> group) {
        for (ComparisonSums sums : List.of(step, stretch, total)) {
            group.ifPresentOrElse(sums::add, sums::exclude);
        }
        group.ifPresent(compared -> {
            prompts.add(compared);
            scoredBy.add(compared.scoredBy());
        });
    }

    /** Ends the open step; returns how many have ended. */
    int close(long number) {
        steps.add(new Step(number, step.compared()));
        step = new ComparisonSums();
        if (steps.size() % stretchLength == 0 || steps.size() == wanted.size()) {
            int first = (steps.size() - 1) / stretchLength * stretchLength;
            stretches.add(new Stretch(wanted.get(first), number, stretch.compared()));
            stretch = new ComparisonSums();
        }
        return steps.size();
    }

    /** Whether this reward model, and no other, had scored all. */
    boolean scoredBy(Optional<String> checksum) {
        return checksum.isPresent() && scoredBy.equals(Set.of(checksum.get()));
    }

    RewardComparison total() {
        return total.compared();
    }

    List<Stretch> stretches() {
        return stretches;
    }

    List<Step> steps() {
        return steps;
    }

    List<ChangedPrompt> prompts(int count) {
        return prompts.most(count);
    }
}
