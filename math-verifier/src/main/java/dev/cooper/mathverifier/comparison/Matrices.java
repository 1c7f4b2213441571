package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.Rule;
import dev.cooper.mathverifier.syntax.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Matrices, entry by entry; what is calculated with matrices and vectors is evaluated first. */
final class Matrices implements Rung {

    @Override
    public Optional<Comparison> compare(Node reference, Node answer, Comparer comparer) {
        Optional<Node> wanted = MatrixArithmetic.evaluate(withIdentity(reference, answer));
        Optional<Node> given = MatrixArithmetic.evaluate(withIdentity(answer, reference));
        if (wanted.isPresent() || given.isPresent()) {
            return Optional.of(comparer.compare(wanted.orElse(reference), given.orElse(answer)));
        }
        if (!(reference instanceof Node.Matrix left) || !(answer instanceof Node.Matrix right)) {
            return Optional.empty();
        }
        if (Tuples.components(left).isPresent() && Tuples.components(right).isPresent()) {
            return Optional.empty();
        }
        boolean sameShape = left.rows().size() == right.rows().size()
                && left.rows().getFirst().size() == right.rows().getFirst().size();
        if (!sameShape) {
            return Optional.of(Outcomes.differentKind("a matrix of another shape"));
        }
        List<Comparison> entries = new ArrayList<>();
        for (int i = 0; i < left.rows().size(); i++) {
            entries.add(Tuples.ordered(left.rows().get(i), right.rows().get(i), comparer));
        }
        return Optional.of(Outcomes.all(entries, Rule.SAME_MATRIX, "equal entries"));
    }

    /** Beside a square matrix, {@code I} is the identity of its size. */
    private static Node withIdentity(Node node, Node other) {
        boolean square = other instanceof Node.Matrix matrix
                && matrix.rows().size() > 1
                && matrix.rows().size() == matrix.rows().getFirst().size();
        if (!square
                || !(other instanceof Node.Matrix matrix)
                || !Trees.symbols(node).contains("I")) {
            return node;
        }
        List<List<Node>> rows = new ArrayList<>();
        for (int i = 0; i < matrix.rows().size(); i++) {
            List<Node> row = new ArrayList<>();
            for (int j = 0; j < matrix.rows().size(); j++) {
                row.add(Trees.number(i == j ? 1 : 0));
            }
            rows.add(row);
        }
        return Trees.substitute(node, "I", new Node.Matrix(rows));
    }
}
