package dev.cooper.perturbation.pairing;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.PairSide;
import dev.cooper.proto.v1.Problem;
import dev.cooper.proto.v1.Verdict;
import dev.cooper.proto.v1.VerdictKind;
import dev.cooper.proto.v1.VerifiedGroup;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The right solution of a group, and all that its wrong version may be made from.
 *
 * @param own the group's completions that are wrong and answer readably
 * @param wanted whether somebody still waits for the pair
 */
record Positive(
        PairSide side,
        List<PairSide> own,
        String runId,
        Problem problem,
        PairingPlan plan,
        Draws draws,
        BooleanSupplier wanted) {

    Positive {
        own = List.copyOf(own);
    }

    /**
     * One of the group's CORRECT completions; nothing when none is.
     *
     * @throws CooperException BAD_INPUT if the group cannot be paired as it is
     */
    static Optional<Positive> drawn(VerifiedGroup group, BooleanSupplier wanted) {
        var request = group.getRollouts().getRequest();
        requireVerdicts(group);
        PairingPlan plan = PairingPlan.of(request.getPairing());
        Draws draws = Draws.of(request);
        List<PairSide> correct = sides(group, verdict -> verdict.getKind() == VerdictKind.CORRECT);
        if (correct.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Positive(
                draws.positive(correct),
                sides(group, NegativeCheck::isWrongAnswer),
                request.getGroup().getRunId(),
                request.getProblem(),
                plan,
                draws,
                wanted));
    }

    String text() {
        return side.getText();
    }

    /** What the positive answers, as it was extracted; the reference answer when nothing was. */
    String answer() {
        String extracted = side.getVerdict().getExtractedAnswer();
        return extracted.isBlank() ? problem.getReferenceAnswer() : extracted;
    }

    int words() {
        return Likeness.words(text());
    }

    /** Whether a text that differs from this one by one number only may become the negative. */
    boolean mayBeCopied() {
        return draws.mayBeCopied(plan.digitCopies());
    }

    private static void requireVerdicts(VerifiedGroup group) {
        int completions = group.getRollouts().getRollouts().getCompletionsCount();
        int verdicts = group.getVerdicts().getVerdictsCount();
        if (completions != verdicts) {
            throw CooperException.badInput(
                    "verdicts", "the group has " + completions + " completions and " + verdicts + " verdicts");
        }
    }

    private static List<PairSide> sides(VerifiedGroup group, Predicate<Verdict> wanted) {
        return IntStream.range(0, group.getVerdicts().getVerdictsCount())
                .filter(sample -> wanted.test(group.getVerdicts().getVerdicts(sample)))
                .mapToObj(sample -> PairSide.newBuilder()
                        .setText(group.getRollouts()
                                .getRollouts()
                                .getCompletions(sample)
                                .getText())
                        .setVerdict(group.getVerdicts().getVerdicts(sample))
                        .setSample(sample)
                        .build())
                .toList();
    }
}
