package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.CheckOptions;
import dev.cooper.mathverifier.Rule;
import dev.cooper.mathverifier.algebra.AlgebraBudget;
import dev.cooper.mathverifier.algebra.ScalarEquality;
import dev.cooper.mathverifier.syntax.Node;
import java.util.Objects;

/**
 * Whether an answer says the same as the reference: a ladder of rules for structures, and below them the equality of
 * scalars. Safe for any number of threads; the work is bounded by counted comparisons.
 */
public final class AnswerComparison {
    private final CheckOptions options;
    private final ScalarEquality equality = new ScalarEquality(AlgebraBudget.defaults());

    public AnswerComparison(CheckOptions options) {
        this.options = Objects.requireNonNull(options, "options");
    }

    /** Whether an answer names several values, in any order. */
    public static boolean isList(Node node) {
        return Elements.of(node).isPresent() || Assignments.values(node).isPresent();
    }

    /** Whether something in an answer was not understood. */
    public static boolean isOpaque(Node node) {
        return Trees.contains(node, part -> part instanceof Node.Opaque);
    }

    /** Compares by the rules that {@code options} choose. */
    public Comparison compare(Node reference, Node answer) {
        if (reference.equals(answer)) {
            return Outcomes.equal(Rule.SAME_TEXT, "both are written alike");
        }
        return new Comparer(options, new Scalars(equality)).compare(Normal.of(reference), Normal.of(answer));
    }
}
