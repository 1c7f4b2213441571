package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.numeric.Rational;
import dev.cooper.mathverifier.syntax.Function;
import dev.cooper.mathverifier.syntax.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Sums, products, multiples, powers and transposes of matrices and vectors, as one matrix of expressions. */
final class MatrixArithmetic {
    private static final int LARGEST = 8;
    private static final int LARGEST_POWER = 8;
    /** Nodes of one entry: they multiply with each product of matrices that hold variables. */
    private static final int LARGEST_ENTRY = 300;

    private MatrixArithmetic() {}

    /** The matrix (or tuple) that a calculation comes to; empty if {@code node} is no calculation with matrices. */
    static Optional<Node> evaluate(Node node) {
        boolean calculation = node instanceof Node.Sum
                || node instanceof Node.Product
                || node instanceof Node.Negation
                || node instanceof Node.Quotient
                || node instanceof Node.Power
                || node instanceof Node.Application;
        return calculation ? matrix(node).map(MatrixArithmetic::plain) : Optional.empty();
    }

    private static Node plain(List<List<Node>> rows) {
        return new Node.Matrix(rows);
    }

    private static Optional<List<List<Node>>> matrix(Node node) {
        return switch (node) {
            case Node.Matrix matrix
            when matrix.rows().size() <= LARGEST && matrix.rows().getFirst().size() <= LARGEST ->
                Optional.of(matrix.rows());
            case Node.Bracketed tuple
            when tuple.elements().size() > 1 && tuple.open() == tuple.close() ->
                Optional.of(tuple.elements().stream().map(List::of).toList());
            case Node.Negation negation -> matrix(negation.operand()).map(rows -> each(rows, Trees::negated));
            case Node.Quotient quotient ->
                matrix(quotient.dividend()).map(rows -> each(rows, entry -> Trees.quotient(entry, quotient.divisor())));
            case Node.Sum sum -> sum(sum.terms());
            case Node.Product product -> product(product.factors());
            case Node.Power power -> power(power);
            case Node.Application application
            when application.function() == Function.TRANSPOSE ->
                matrix(application.arguments().getFirst()).map(MatrixArithmetic::transposed);
            default -> Optional.empty();
        };
    }

    private static List<List<Node>> each(List<List<Node>> rows, UnaryOperator<Node> change) {
        return rows.stream().map(row -> row.stream().map(change).toList()).toList();
    }

    private static Optional<List<List<Node>>> sum(List<Node> terms) {
        Optional<List<List<Node>>> total = matrix(terms.getFirst());
        for (Node term : terms.subList(1, terms.size())) {
            Optional<List<List<Node>>> next = matrix(term);
            if (total.isEmpty() || next.isEmpty() || !haveSameShape(total.get(), next.get())) {
                return Optional.empty();
            }
            total = Optional.of(added(total.get(), next.get()));
        }
        return total;
    }

    private static boolean haveSameShape(List<List<Node>> left, List<List<Node>> right) {
        return left.size() == right.size()
                && left.getFirst().size() == right.getFirst().size();
    }

    private static List<List<Node>> added(List<List<Node>> left, List<List<Node>> right) {
        List<List<Node>> rows = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            List<Node> row = new ArrayList<>();
            for (int j = 0; j < left.get(i).size(); j++) {
                row.add(new Node.Sum(List.of(left.get(i).get(j), right.get(i).get(j))));
            }
            rows.add(row);
        }
        return rows;
    }

    /** Scalars multiply every entry; matrices multiply in their order. */
    private static Optional<List<List<Node>>> product(List<Node> factors) {
        List<Node> scalars = new ArrayList<>();
        Optional<List<List<Node>>> result = Optional.empty();
        for (Node factor : factors) {
            Optional<List<List<Node>>> matrix = matrix(factor);
            if (matrix.isEmpty()) {
                scalars.add(factor);
            } else if (result.isEmpty()) {
                result = matrix;
            } else {
                result = multiplied(result.get(), matrix.get());
                if (result.isEmpty()) {
                    return result;
                }
            }
        }
        return scalars.isEmpty()
                ? result
                : result.map(rows -> each(rows, entry -> {
                    List<Node> all = new ArrayList<>(scalars);
                    all.add(entry);
                    return new Node.Product(all);
                }));
    }

    private static Optional<List<List<Node>>> multiplied(List<List<Node>> left, List<List<Node>> right) {
        if (left.getFirst().size() != right.size()) {
            return Optional.empty();
        }
        List<List<Node>> rows = new ArrayList<>();
        for (List<Node> row : left) {
            List<Node> entries = new ArrayList<>();
            for (int j = 0; j < right.getFirst().size(); j++) {
                List<Node> terms = new ArrayList<>();
                for (int k = 0; k < row.size(); k++) {
                    terms.add(times(row.get(k), right.get(k).get(j)));
                }
                Node entry = total(terms);
                if (size(entry) > LARGEST_ENTRY) {
                    return Optional.empty();
                }
                entries.add(entry);
            }
            rows.add(entries);
        }
        return Optional.of(rows);
    }

    private static Optional<List<List<Node>>> power(Node.Power power) {
        Optional<List<List<Node>>> base = matrix(power.base());
        if (base.isEmpty()
                || !(power.exponent() instanceof Node.Numeral exponent)
                || !exponent.value().isInteger()) {
            return Optional.empty();
        }
        int times = exponent.value().numerator().bitLength() > 8
                ? 0
                : exponent.value().numerator().intValue();
        if (times < 1 || times > LARGEST_POWER) {
            return Optional.empty();
        }
        Optional<List<List<Node>>> result = base;
        for (int i = 1; i < times && result.isPresent(); i++) {
            result = multiplied(result.get(), base.get());
        }
        return result;
    }

    private static List<List<Node>> transposed(List<List<Node>> rows) {
        List<List<Node>> columns = new ArrayList<>();
        for (int j = 0; j < rows.getFirst().size(); j++) {
            int column = j;
            columns.add(rows.stream().map(row -> row.get(column)).toList());
        }
        return columns;
    }

    private static Node times(Node left, Node right) {
        return left instanceof Node.Numeral l && right instanceof Node.Numeral r
                ? Trees.number(l.value().times(r.value()))
                : new Node.Product(List.of(left, right));
    }

    private static Node total(List<Node> terms) {
        Rational sum = Rational.ZERO;
        for (Node term : terms) {
            if (!(term instanceof Node.Numeral numeral)) {
                return terms.size() == 1 ? terms.getFirst() : new Node.Sum(terms);
            }
            sum = sum.plus(numeral.value());
        }
        return Trees.number(sum);
    }

    private static int size(Node node) {
        return 1 + Children.of(node).stream().mapToInt(MatrixArithmetic::size).sum();
    }
}
