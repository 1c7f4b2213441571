package dev.cooper.mathverifier.syntax;

import dev.cooper.mathverifier.syntax.Node.Bracketed;
import dev.cooper.mathverifier.syntax.Node.NumberSet;

/** Keeps arithmetic to what has a value: no sum of words, no square of a list. */
final class Values {
    private Values() {}

    /** {@code node}, which is an operand of arithmetic: a scalar, a vector or a matrix. */
    static Node operand(Node node) throws SyntaxFailure {
        boolean value = switch (node) {
            case Node.Words _,
                    Node.Sequence _,
                    Node.Relation _,
                    Node.SetOf _,
                    Node.SetBuilder _,
                    Node.SetOperation _,
                    NumberSet _,
                    Node.Choice _,
                    Node.Option _,
                    Node.Modulo _,
                    Node.Not _,
                    Node.Opaque _ -> false;
            case Bracketed bracketed -> isVector(bracketed);
            default -> true;
        };
        return require(value, node);
    }

    /** The base of a power: an operand, or a set of numbers as in the real plane. */
    static Node base(Node node) throws SyntaxFailure {
        return node instanceof NumberSet ? node : operand(node);
    }

    /** The argument of a function: an operand, or a set with its size or its least element. */
    static Node argument(Node node) throws SyntaxFailure {
        return node instanceof Node.SetOf || node instanceof Node.SetBuilder ? node : operand(node);
    }

    /** A number or what stands for one. */
    static Node scalar(Node node) throws SyntaxFailure {
        return require(!(node instanceof Bracketed), operand(node));
    }

    /** Whether a union may begin with {@code node}. */
    static boolean mayBeSet(Node node) {
        return switch (node) {
            case Node.Numeral _,
                    Node.Negation _,
                    Node.Sum _,
                    Node.Product _,
                    Node.Quotient _,
                    Node.Root _,
                    Node.Constant _,
                    Node.Words _ -> false;
            default -> true;
        };
    }

    private static Node require(boolean fits, Node node) throws SyntaxFailure {
        if (!fits) {
            throw SyntaxFailure.notUnderstood(
                    "arithmetic with what has no value: " + node.getClass().getSimpleName());
        }
        return node;
    }

    private static boolean isVector(Bracketed bracketed) {
        return bracketed.open() == bracketed.close();
    }
}
