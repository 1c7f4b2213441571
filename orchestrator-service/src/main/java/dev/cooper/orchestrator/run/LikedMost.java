package dev.cooper.orchestrator.run;

import dev.cooper.orchestrator.hacking.Example;
import dev.cooper.proto.v1.Problem;
import dev.cooper.proto.v1.Score;
import dev.cooper.proto.v1.Verdict;
import dev.cooper.proto.v1.VerdictKind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The completions that the reward model likes most of those that the rule rejects: of each group at most one. */
final class LikedMost {

    private LikedMost() {}

    private record Liked(Judged group, int sample) {
        double logit() {
            return score().getLogit();
        }

        Score score() {
            return group.scores().getScores(sample);
        }

        Verdict verdict() {
            return group.verdicts().getVerdicts(sample);
        }

        Example toExample() {
            Problem problem = group.rollouts().getRequest().getProblem();
            return new Example(
                    group.rollouts().getRequest().getGroup().getSlot(),
                    sample,
                    problem.getId(),
                    problem.getQuestion(),
                    problem.getReferenceAnswer(),
                    group.rollouts().getRollouts().getCompletions(sample).getText(),
                    score().getScore(),
                    verdict().getReason(),
                    verdict().getExtractedAnswer());
        }
    }

    /** The best liked first; equal ones in the order of their groups. */
    static List<Example> of(List<Judged> groups, int most) {
        return groups.stream()
                .filter(Judged::hasReference)
                .flatMap(group -> best(group).stream())
                .sorted(Comparator.comparingDouble(Liked::logit).reversed())
                .limit(most)
                .map(Liked::toExample)
                .toList();
    }

    private static Optional<Liked> best(Judged group) {
        Stream<Liked> wrong = IntStream.range(0, group.verdicts().getVerdictsCount())
                .filter(sample -> group.verdicts().getVerdicts(sample).getKind() == VerdictKind.INCORRECT)
                .mapToObj(sample -> new Liked(group, sample));
        // Of equal ones the first.
        return wrong.reduce((a, b) -> b.logit() > a.logit() ? b : a);
    }
}
