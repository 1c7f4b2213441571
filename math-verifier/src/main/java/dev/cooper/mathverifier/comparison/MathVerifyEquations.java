package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.syntax.Node;
import dev.cooper.mathverifier.syntax.Node.Relation.Sign;
import java.util.List;
import java.util.Optional;

/** How Math-Verify unwraps equations: only in its profile. */
final class MathVerifyEquations implements Rung {

    @Override
    public Optional<Comparison> compare(Node reference, Node answer, Comparer comparer) {
        if (comparer.mathVerify().isEmpty()) {
            return Optional.empty();
        }
        Node wanted = ends(reference);
        Node given = ends(answer);
        if (isEquation(given) && !isEquation(wanted)) {
            given = last(given);
        } else if (isAssignment(wanted) && !isEquation(given)) {
            wanted = last(wanted);
        }
        return wanted.equals(reference) && given.equals(answer)
                ? Optional.empty()
                : Optional.of(comparer.compare(wanted, given));
    }

    /** Of an assignment's chain the first and the last member. */
    private static Node ends(Node node) {
        return node instanceof Node.Relation relation && relation.signs().size() > 1 && isAssignment(node)
                ? new Node.Relation(List.of(relation.operands().getFirst(), exact(relation)), List.of(Sign.EQUAL))
                : node;
    }

    /** What stands before the first "about". */
    private static Node exact(Node.Relation relation) {
        int approximation = relation.signs().indexOf(Sign.APPROXIMATELY);
        return approximation > 0
                ? relation.operands().get(approximation)
                : relation.operands().getLast();
    }

    private static Node last(Node node) {
        return node instanceof Node.Relation relation ? exact(relation) : node;
    }

    private static boolean isEquation(Node node) {
        return Signs.isEquation(node);
    }

    private static boolean isAssignment(Node node) {
        return isEquation(node)
                && node instanceof Node.Relation relation
                && !Trees.contains(
                        relation.operands().getFirst(),
                        part -> part instanceof Node.Sum
                                || part instanceof Node.Power
                                || (part instanceof Node.Numeral && isOperand(relation, part)));
    }

    private static boolean isOperand(Node.Relation relation, Node part) {
        return relation.operands().getFirst().equals(part)
                || Children.of(relation.operands().getFirst()).contains(part);
    }
}
