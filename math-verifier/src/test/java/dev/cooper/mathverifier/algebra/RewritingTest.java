package dev.cooper.mathverifier.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.mathverifier.algebra.Equality.Different;
import dev.cooper.mathverifier.algebra.Equality.Equal;
import dev.cooper.mathverifier.syntax.Function;
import dev.cooper.mathverifier.syntax.Node;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Seeded random expressions, rewritten by identities that hold, and disturbed. */
class RewritingTest {
    private static final int ROUNDS = 2_000;

    private final ScalarEquality equality = new ScalarEquality(AlgebraBudget.defaults());
    private final SplittableRandom random = new SplittableRandom(20261121);

    @Test
    void rewrittenExpressionsStayEqual() {
        for (int round = 0; round < ROUNDS; round++) {
            Node node = expression(3);
            Node rewritten = rewrite(rewrite(node));
            assertThat(equality.compare(node, rewritten))
                    .as("%s and %s", node, rewritten)
                    .isInstanceOf(Equal.class);
        }
    }

    @Test
    void disturbedExpressionsDiffer() {
        for (int round = 0; round < ROUNDS; round++) {
            Node node = expression(3);
            Node disturbed = new Node.Sum(List.of(rewrite(node), number(1 + random.nextInt(5))));
            assertThat(equality.compare(node, disturbed))
                    .as("%s and %s", node, disturbed)
                    .isInstanceOf(Different.class);
            assertThat(equality.compare(disturbed, node)).isInstanceOf(Different.class);
        }
    }

    private Node expression(int depth) {
        if (depth == 0 || random.nextInt(5) == 0) {
            return switch (random.nextInt(4)) {
                case 0 -> number(1 + random.nextInt(9));
                case 1 -> new Node.Constant(Node.Constant.Name.PI);
                case 2 -> new Node.Symbol("x");
                default -> new Node.Symbol("y");
            };
        }
        return switch (random.nextInt(7)) {
            case 0, 1 -> new Node.Sum(List.of(expression(depth - 1), expression(depth - 1)));
            case 2, 3 -> new Node.Product(List.of(expression(depth - 1), expression(depth - 1)));
            case 4 -> new Node.Negation(expression(depth - 1));
            case 5 -> new Node.Power(expression(depth - 1), number(2));
            default -> new Node.Application(Function.SIN, List.of(expression(depth - 1)));
        };
    }

    /** Adds and takes away, splits factors, squares roots, turns sines: always the same value. */
    private Node rewrite(Node node) {
        return switch (node) {
            case Node.Sum x when random.nextBoolean() -> new Node.Sum(x.terms().reversed());
            case Node.Sum x ->
                new Node.Sum(x.terms().stream().map(this::rewrite).toList());
            case Node.Product x
            when x.factors().get(1) instanceof Node.Sum sum ->
                new Node.Sum(sum.terms().stream()
                        .map(term -> (Node)
                                new Node.Product(List.of(term, x.factors().getFirst())))
                        .toList());
            case Node.Product x -> new Node.Product(x.factors().reversed());
            case Node.Negation x -> new Node.Product(List.of(number(-1), rewrite(x.operand())));
            case Node.Power x -> new Node.Product(List.of(rewrite(x.base()), x.base()));
            case Node.Application x ->
                new Node.Negation(new Node.Application(
                        x.function(),
                        List.of(new Node.Negation(rewrite(x.arguments().getFirst())))));
            case Node.Symbol x -> new Node.Quotient(new Node.Power(x, number(3)), new Node.Product(List.of(x, x)));
            default -> new Node.Sum(List.of(number(7), node, number(-7)));
        };
    }

    private static Node number(long value) {
        return Node.Numeral.of(value);
    }
}
