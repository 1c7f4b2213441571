package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.Rule;
import dev.cooper.mathverifier.syntax.Node;
import dev.cooper.mathverifier.syntax.Node.Bracket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tuples, points, vectors and intervals, component by component; a vector may be a column, a row or a tuple. */
final class Tuples implements Rung {

    @Override
    public Optional<Comparison> compare(Node reference, Node answer, Comparer comparer) {
        Optional<List<Node>> wanted = components(reference);
        Optional<List<Node>> given = components(answer);
        Scalars scalars = comparer.scalars();
        if (wanted.isPresent() && given.isEmpty()) {
            given = Vectors.components(answer, wanted.get().size(), scalars);
        } else if (given.isPresent() && wanted.isEmpty()) {
            wanted = Vectors.components(reference, given.get().size(), scalars);
        }
        if (wanted.isEmpty() || given.isEmpty()) {
            return Optional.empty();
        }
        if (wanted.get().size() != given.get().size()) {
            return Optional.of(Outcomes.differentKind(wanted.get().size() + " components are due, not "
                    + given.get().size()));
        }
        Comparison components = ordered(wanted.get(), given.get(), comparer);
        if (components.isEqual() && !haveLikeBrackets(reference, answer)) {
            return Optional.of(Outcomes.differentKind("the same components in other brackets"));
        }
        return Optional.of(components);
    }

    static Comparison ordered(List<Node> wanted, List<Node> given, Comparer comparer) {
        List<Comparison> parts = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            Comparison part = comparer.compare(wanted.get(i), given.get(i));
            parts.add(part);
            if (part instanceof Comparison.Different) {
                break;
            }
        }
        return Outcomes.all(parts, Rule.SAME_TUPLE, "the same " + wanted.size() + " components");
    }

    /** What a tuple, an interval or a vector holds. */
    static Optional<List<Node>> components(Node node) {
        return switch (node) {
            case Node.Bracketed bracketed when bracketed.elements().size() > 1 -> Optional.of(bracketed.elements());
            case Node.Matrix matrix
            when matrix.rows().size() == 1 -> Optional.of(matrix.rows().getFirst());
            case Node.Matrix matrix
            when matrix.rows().getFirst().size() == 1 ->
                Optional.of(matrix.rows().stream().map(List::getFirst).toList());
            default -> Optional.empty();
        };
    }

    private static boolean haveLikeBrackets(Node reference, Node answer) {
        if (reference instanceof Node.Bracketed r && answer instanceof Node.Bracketed a) {
            return (r.open() == a.open() && r.close() == a.close()) || (isVector(r) && isVector(a));
        }
        Node bracketed = reference instanceof Node.Bracketed ? reference : answer;
        return !(bracketed instanceof Node.Bracketed b) || b.open() == b.close();
    }

    /** {@code (1, 2)} and {@code \langle 1, 2\rangle}; square brackets around a pair are an interval. */
    private static boolean isVector(Node.Bracketed node) {
        return node.open() == node.close()
                && (node.open() != Bracket.SQUARE || node.elements().size() > 2);
    }
}
