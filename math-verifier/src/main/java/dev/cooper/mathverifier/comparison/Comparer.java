package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.CheckOptions;
import dev.cooper.mathverifier.MathVerifyRules;
import dev.cooper.mathverifier.UndecidedReason;
import dev.cooper.mathverifier.syntax.Node;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One comparison: climbs the ladder and counts its steps. Not shared between threads. */
final class Comparer {
    /** Comparisons of parts with parts; a list of the largest length against another needs about 4000. */
    private static final int STEPS = 6000;

    private static final List<Rung> LADDER = List.of(
            new MathVerifyEquations(),
            new Families(),
            new Conditions(),
            new RealSetRung(),
            new Assignments(),
            new LabelRung(),
            new Lists(),
            new Relations(),
            new Matrices(),
            new Tuples(),
            new Cases(),
            new Wording(),
            new Quantities());

    private static final List<Rung> BELOW_FAMILIES =
            LADDER.stream().filter(rung -> !(rung instanceof Families)).toList();

    /** What two numbers in digits need, and what two tuples need. */
    private static final List<Rung> NUMBERS = List.of(new Quantities());

    private static final List<Rung> TUPLES = List.of(new Families(), new Lists(), new Tuples());

    private final CheckOptions options;
    private final Scalars scalars;
    private int steps = STEPS;

    Comparer(CheckOptions options, Scalars scalars) {
        this.options = options;
        this.scalars = scalars;
    }

    CheckOptions options() {
        return options;
    }

    Optional<MathVerifyRules> mathVerify() {
        return options.mathVerifyRules();
    }

    Scalars scalars() {
        return scalars;
    }

    Comparison compare(Node reference, Node answer) {
        if (reference instanceof Node.Numeral && answer instanceof Node.Numeral) {
            return climb(NUMBERS, reference, answer);
        }
        boolean tuples = reference instanceof Node.Bracketed && answer instanceof Node.Bracketed;
        return climb(tuples ? TUPLES : LADDER, reference, answer);
    }

    /** Compares expressions in a parameter, which are no families by themselves. */
    Comparison compareBodies(Node reference, Node answer) {
        return climb(BELOW_FAMILIES, reference, answer);
    }

    private Comparison climb(List<Rung> ladder, Node reference, Node answer) {
        if (--steps < 0) {
            return Outcomes.unsettled(UndecidedReason.BUDGET_EXCEEDED, "more than " + STEPS + " comparisons of parts");
        }
        if (reference.equals(answer)) {
            return Outcomes.equal(Kinds.of(reference).rule(), "both are written alike");
        }
        for (Rung rung : ladder) {
            Optional<Comparison> outcome = rung.compare(reference, answer, this);
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        return Kinds.mismatch(reference, answer);
    }

    boolean areEqual(Node reference, Node answer) {
        return compare(reference, answer).isEqual();
    }

    /** Which of two real numbers is greater; empty if unknown. */
    OptionalInt order(Node left, Node right) {
        if (left.equals(right)) {
            return OptionalInt.of(0);
        }
        if (--steps < 0) {
            return OptionalInt.empty();
        }
        return scalars.order(left, right);
    }
}
