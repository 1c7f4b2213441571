package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.algebra.Form.Exact;
import dev.cooper.mathverifier.algebra.Normalizer.Binding;
import dev.cooper.mathverifier.syntax.Function;
import dev.cooper.mathverifier.syntax.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The scalars that matrices and vectors have: determinants and Euclidean norms. */
final class Vectors {
    private static final int LARGEST_DETERMINANT = 5;

    private final Normalizer normalizer;
    private final Algebra algebra;

    Vectors(Normalizer normalizer, Algebra algebra) {
        this.normalizer = normalizer;
        this.algebra = algebra;
    }

    Form apply(Node.Application application, @Nullable Binding scope, int depth) {
        if (application.arguments().size() != 1) {
            throw NoValueException.NOT_SCALAR;
        }
        Node argument = application.arguments().getFirst();
        if (application.function() == Function.NORM) {
            return norm(argument, scope, depth);
        }
        if (!(argument instanceof Node.Matrix matrix) || matrix.rows().size() > LARGEST_DETERMINANT) {
            throw NoValueException.NOT_SCALAR;
        }
        List<List<Form>> rows = new ArrayList<>();
        for (List<Node> row : matrix.rows()) {
            if (row.size() != matrix.rows().size()) {
                throw NoValueException.NOT_SCALAR;
            }
            rows.add(List.of(normalizer.normalizeAll(row, scope, depth)));
        }
        return determinant(rows, List.of(), 0);
    }

    /** By the first row that is left, without the columns already used. */
    private Form determinant(List<List<Form>> rows, List<Integer> used, int row) {
        if (row == rows.size()) {
            return Exact.ONE;
        }
        List<Form> terms = new ArrayList<>();
        int sign = 1;
        for (int column = 0; column < rows.size(); column++) {
            if (used.contains(column)) {
                continue;
            }
            List<Integer> nowUsed = new ArrayList<>(used);
            nowUsed.add(column);
            Form term = algebra.multiply(rows.get(row).get(column), determinant(rows, nowUsed, row + 1));
            terms.add(sign > 0 ? term : algebra.negate(term));
            sign = -sign;
        }
        return algebra.add(terms);
    }

    private Form norm(Node argument, @Nullable Binding scope, int depth) {
        List<Node> components = switch (argument) {
            case Node.Bracketed x -> x.elements();
            case Node.Matrix x when x.rows().size() == 1 -> x.rows().getFirst();
            case Node.Matrix x
            when x.rows().stream().allMatch(row -> row.size() == 1) ->
                x.rows().stream().map(List::getFirst).toList();
            default -> throw NoValueException.NOT_SCALAR;
        };
        List<Form> squares = new ArrayList<>();
        for (Form component : normalizer.normalizeAll(components, scope, depth)) {
            squares.add(algebra.power(component, 2));
        }
        return algebra.squareRoot(algebra.add(squares));
    }
}
