package dev.cooper.mathverifier.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.mathverifier.algebra.Equality.Different;
import dev.cooper.mathverifier.algebra.Equality.Equal;
import dev.cooper.mathverifier.algebra.Equality.Unsettled;
import dev.cooper.mathverifier.syntax.Function;
import dev.cooper.mathverifier.syntax.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Trees of any shape: no exception, the mirrored verdict when the sides are exchanged, and nothing differs from itself.
 */
class HostileTreesTest {
    private static final int ROUNDS = 3_000;

    private final ScalarEquality equality = new ScalarEquality(AlgebraBudget.defaults());
    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void randomTreesGetMirroredVerdictsAndNoException() {
        for (int round = 0; round < ROUNDS; round++) {
            Node a = tree(4);
            Node b = tree(4);
            Equality verdict = equality.compare(a, b);
            assertThat(equality.compare(b, a)).as("%s and %s", a, b).hasSameClassAs(verdict);
            assertThat(equality.compare(a, a)).as("%s", a).isNotInstanceOf(Different.class);
            equality.sign(a);
            equality.proportional(a, b);
        }
    }

    @Test
    void deepTreeIsBeyondTheBudget() {
        Node deep = new Node.Symbol("x");
        for (int i = 0; i < 100_000; i++) {
            deep = new Node.Negation(deep);
        }
        assertThat(equality.compare(deep, new Node.Symbol("x"))).isInstanceOf(Unsettled.class);
        assertThat(equality.exact(deep)).isEmpty();
    }

    @Test
    void wideTreeIsBeyondTheBudget() {
        List<Node> terms = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            terms.add(new Node.Power(new Node.Symbol("x"), Node.Numeral.of(i)));
        }
        assertThat(equality.compare(new Node.Sum(terms), Node.Numeral.of(1))).isInstanceOf(Unsettled.class);
    }

    @Test
    void numberThatIsAMultipleOfThePrimesIsNotTakenForZero() {
        Equality verdict = equality.compare(Trees.of("x*(1+2305843008800451119*2305843003679014799)"), Trees.of("x"));
        assertThat(verdict).isNotInstanceOf(Equal.class);
    }

    private Node tree(int depth) {
        if (depth <= 0 || random.nextInt(6) == 0) {
            return leaf();
        }
        return switch (random.nextInt(13)) {
            case 0, 1 -> new Node.Sum(trees(depth, 2));
            case 2, 3 -> new Node.Product(trees(depth, 2));
            case 4 -> new Node.Quotient(tree(depth - 1), tree(depth - 1));
            case 5, 6 -> new Node.Power(tree(depth - 1), tree(depth - 1));
            case 7 -> new Node.Root(tree(depth - 1), tree(depth - 1));
            case 8 -> new Node.Application(any(), trees(depth, 1 + random.nextInt(2)));
            case 9 -> new Node.Factorial(tree(depth - 1), random.nextInt(4) == 0);
            case 10 -> new Node.Call("f", trees(depth, 1));
            case 11 -> new Node.Indexed("a", trees(depth, 1));
            default ->
                new Node.BigOperator(
                        List.of(Node.BigOperator.Kind.values()).get(random.nextInt(3)),
                        "k",
                        Optional.of(tree(depth - 2)),
                        Optional.of(tree(depth - 2)),
                        tree(depth - 1));
        };
    }

    private List<Node> trees(int depth, int count) {
        List<Node> trees = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            trees.add(tree(depth - 1));
        }
        return trees;
    }

    private Function any() {
        return List.of(Function.values()).get(random.nextInt(Function.values().length));
    }

    private Node leaf() {
        return switch (random.nextInt(7)) {
            case 0 -> Node.Numeral.of(random.nextInt(-3, 12));
            case 1 -> Node.Numeral.of(0);
            case 2 -> Node.Numeral.of(1_000_000_000);
            case 3 -> new Node.Constant(List.of(Node.Constant.Name.values()).get(random.nextInt(5)));
            case 4 -> new Node.Symbol("x");
            case 5 -> new Node.Symbol("k");
            default -> Node.Numeral.of(random.nextInt(3_000));
        };
    }
}
