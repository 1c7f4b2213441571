package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.syntax.Function;
import dev.cooper.mathverifier.syntax.Node;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What may stand left of an equals sign so that the right side is the answer, and which of these mean the same. */
final class Labels {
    /** Of these a value says nothing about the argument itself, as {@code \sin A = 3/5} is asked for. */
    private static final Set<Function> QUANTITIES = EnumSet.of(
            Function.SIN,
            Function.COS,
            Function.TAN,
            Function.COT,
            Function.SEC,
            Function.CSC,
            Function.ARG,
            Function.RE,
            Function.IM,
            Function.DETERMINANT,
            Function.NORM,
            Function.GCD,
            Function.LCM,
            Function.MIN,
            Function.MAX,
            Function.ABS,
            Function.TRANSPOSE);

    private Labels() {}

    static boolean isLabel(Node node) {
        return switch (node) {
            case Node.Symbol _, Node.Indexed _, Node.Call _, Node.Words _, Node.Choice _ -> true;
            case Node.Constant constant -> constant.name() == Node.Constant.Name.E;
            case Node.Bracketed tuple -> tuple.elements().stream().allMatch(Labels::isLabel);
            case Node.Matrix matrix ->
                Tuples.components(matrix)
                        .filter(parts -> parts.stream().allMatch(Labels::isLabel))
                        .isPresent();
            case Node.Product product -> isFigure(product);
            case Node.Quotient quotient ->
                (isLabel(quotient.dividend()) || isDifferential(quotient.dividend()))
                        && (isLabel(quotient.divisor()) || isDifferential(quotient.divisor()));
            case Node.Ratio ratio -> ratio.parts().stream().allMatch(Labels::isLabel);
            case Node.Application application -> isQuantity(application);
            case Node.Measured measured -> isLabel(measured.value());
            case Node.Power power ->
                power.base() instanceof Node.Symbol symbol
                        && isCapital(symbol.name())
                        && power.exponent().equals(new Node.Negation(Trees.number(1)));
            default -> false;
        };
    }

    private static boolean isQuantity(Node.Application node) {
        boolean named = QUANTITIES.contains(node.function())
                && node.arguments().stream().allMatch(Labels::isLabel);
        // |x| = 2 leaves two values of x; |AB| = 2 is a length.
        boolean unknown = node.function() == Function.ABS
                && node.arguments().getFirst() instanceof Node.Symbol symbol
                && !isCapital(symbol.name());
        return named && !unknown;
    }

    /** {@code AB}, {@code ABC}: the name of a segment, an angle, a polygon. */
    private static boolean isFigure(Node.Product node) {
        return node.factors().stream()
                .allMatch(factor -> factor instanceof Node.Symbol symbol && isCapital(symbol.name()));
    }

    private static boolean isDifferential(Node node) {
        return node instanceof Node.Product product
                && product.factors().size() == 2
                && product.factors().getFirst().equals(new Node.Symbol("d"))
                && product.factors().getLast() instanceof Node.Symbol;
    }

    /** {@code \\lambda_1} is one of the values of {@code \\lambda}. */
    private static boolean isNumbered(Node numbered, Node name) {
        return numbered instanceof Node.Symbol n
                && name instanceof Node.Symbol base
                && n.name().startsWith(base.name() + "_")
                && Character.isDigit(n.name().charAt(n.name().length() - 1));
    }

    /** {@code dy/dx} and {@code y'}. */
    private static boolean isDerivative(Node quotient, Node name) {
        return quotient instanceof Node.Quotient q
                && isDifferential(q.dividend())
                && isDifferential(q.divisor())
                && q.dividend() instanceof Node.Product product
                && product.factors().getLast() instanceof Node.Symbol function
                && name instanceof Node.Symbol derivative
                && derivative.name().equals(function.name() + "'");
    }

    private static boolean isCapital(String name) {
        return Character.isUpperCase(name.charAt(0));
    }

    /** Whether two labels name the same thing, as far as can be told. */
    static boolean areSame(Node left, Node right) {
        if (left.equals(right)
                || left instanceof Node.Words != right instanceof Node.Words
                || isNumbered(left, right)
                || isNumbered(right, left)
                || isDerivative(left, right)
                || isDerivative(right, left)) {
            return true;
        }
        List<String> leftLetters = figure(left);
        if (!leftLetters.isEmpty() && leftLetters.equals(figure(right))) {
            return true;
        }
        if (left instanceof Node.Call l && right instanceof Node.Call r) {
            return l.name().equals(r.name())
                    && haveVariables(l)
                    && haveVariables(r)
                    && l.arguments().size() == r.arguments().size();
        }
        return isFunctionValue(left, right) || isFunctionValue(right, left);
    }

    /** {@code f(x)} may be called {@code f} or y. */
    private static boolean isFunctionValue(Node call, Node name) {
        return call instanceof Node.Call c
                && haveVariables(c)
                && name instanceof Node.Symbol symbol
                && (symbol.name().equals(c.name()) || symbol.name().equals("y"));
    }

    static boolean haveVariables(Node.Call call) {
        return call.arguments().stream().allMatch(argument -> argument instanceof Node.Symbol);
    }

    /** The letters of a segment or its length, sorted; empty for anything else. */
    private static List<String> figure(Node node) {
        Node inner = node instanceof Node.Application application && application.function() == Function.ABS
                ? application.arguments().getFirst()
                : node;
        return inner instanceof Node.Product product && isFigure(product)
                ? product.factors().stream()
                        .flatMap(factor -> factor instanceof Node.Symbol s ? Stream.of(s.name()) : Stream.empty())
                        .sorted()
                        .toList()
                : List.of();
    }
}
