package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.Rule;
import dev.cooper.mathverifier.syntax.Node;
import java.util.List;
import java.util.Optional;

/** Functions defined by cases: the same values under the same conditions, in any order; "otherwise" once. */
final class Cases implements Rung {

    @Override
    public Optional<Comparison> compare(Node reference, Node answer, Comparer comparer) {
        if (!(reference instanceof Node.Piecewise wanted) || !(answer instanceof Node.Piecewise given)) {
            return Optional.empty();
        }
        if (wanted.pieces().size() != given.pieces().size()) {
            return Optional.of(Outcomes.differentValue(wanted.pieces().size() + " cases are due, not "
                    + given.pieces().size()));
        }
        boolean remainder = wanted.pieces().stream()
                        .anyMatch(piece -> piece.condition().isEmpty())
                || given.pieces().stream().anyMatch(piece -> piece.condition().isEmpty());
        var matching = new Matching(
                wanted.pieces().size(),
                (i, j) -> piece(wanted.pieces().get(i), given.pieces().get(j), remainder, comparer));
        return Optional.of(matching.outcome(Rule.SAME_CASES, "the same values under the same conditions"));
    }

    /** Without a condition a case takes what the others leave, and these are compared too. */
    private static Comparison piece(Node.Piece wanted, Node.Piece given, boolean remainder, Comparer comparer) {
        Comparison values = comparer.compare(wanted.value(), given.value());
        boolean otherwise = wanted.condition().isEmpty() || given.condition().isEmpty();
        if (!values.isEqual() || (otherwise && remainder)) {
            return values;
        }
        Comparison conditions = comparer.compare(
                wanted.condition().orElseThrow(), given.condition().orElseThrow());
        return Outcomes.all(List.of(values, conditions), Rule.SAME_CASES, "the same case");
    }
}
