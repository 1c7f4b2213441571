package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.Rule;
import dev.cooper.mathverifier.UndecidedReason;
import dev.cooper.mathverifier.syntax.Node;
import dev.cooper.mathverifier.syntax.Node.Relation.Sign;
import dev.cooper.mathverifier.syntax.Node.Sequence.Separator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Values for several names: {@code p = 3, q = 2}, {@code (p, q) = (3, 2)}, and the values alone in that order. */
final class Assignments implements Rung {

    private static final Set<String> COORDINATES = Set.of("x", "y", "z");

    /** Distinct names and as many values. */
    record Values(List<Node> names, List<Node> values) {
        Values {
            names = List.copyOf(names);
            values = List.copyOf(values);
        }

        /** The value of a name; empty if there is none. */
        Optional<Node> of(Node name) {
            for (int i = 0; i < names.size(); i++) {
                boolean words = name instanceof Node.Words || names.get(i) instanceof Node.Words;
                if (words ? names.get(i).equals(name) : Labels.areSame(name, names.get(i))) {
                    return Optional.of(Arguments.renamed(name, names.get(i), values.get(i)));
                }
            }
            return Optional.empty();
        }
    }

    @Override
    public Optional<Comparison> compare(Node reference, Node answer, Comparer comparer) {
        Optional<Values> wanted = values(reference);
        Optional<Values> given = values(answer);
        if (wanted.isPresent() && given.isPresent()) {
            return Optional.of(both(wanted.get(), given.get(), comparer));
        }
        if (wanted.isPresent()) {
            return bare(answer).map(values -> inOrder(wanted.get(), wanted.get().values(), values, comparer));
        }
        return given.map(Assignments::asCoordinates)
                .flatMap(named -> bare(reference).map(values -> inOrder(named, values, named.values(), comparer)));
    }

    /** Who names x and y means the first and the second coordinate, in whatever order. */
    private static Values asCoordinates(Values values) {
        boolean coordinates = values.names().stream()
                .allMatch(name -> name instanceof Node.Symbol symbol && COORDINATES.contains(symbol.name()));
        if (!coordinates) {
            return values;
        }
        List<Node> names = new ArrayList<>(values.names());
        names.sort(Comparator.comparing(Node::toString));
        return new Values(
                names, names.stream().map(name -> values.of(name).orElseThrow()).toList());
    }

    private static Comparison both(Values wanted, Values given, Comparer comparer) {
        if (wanted.names().size() != given.names().size()) {
            return Outcomes.differentKind(wanted.names().size() + " values are due, not "
                    + given.names().size());
        }
        List<Comparison> parts = new ArrayList<>();
        for (int i = 0; i < wanted.names().size(); i++) {
            Node name = wanted.names().get(i);
            Optional<Node> value = given.of(name);
            if (value.isEmpty()) {
                Comparison values = Tuples.ordered(wanted.values(), given.values(), comparer);
                return Outcomes.weaken(values, UndecidedReason.DIFFERENT_LABELS, "equal values of other names");
            }
            parts.add(comparer.compare(wanted.values().get(i), value.get()));
        }
        return Outcomes.all(parts, Rule.SAME_ASSIGNMENTS, "the same value for each name");
    }

    private static Comparison inOrder(Values named, List<Node> wanted, List<Node> given, Comparer comparer) {
        if (wanted.size() != given.size()) {
            return Outcomes.differentKind(wanted.size() + " values are due, not " + given.size());
        }
        Comparison ordered = Tuples.ordered(wanted, given, comparer);
        if (ordered.isEqual()) {
            return Outcomes.equal(Rule.SAME_ASSIGNMENTS, "the values in the order of their names");
        }
        Comparison matched = Lists.matched(wanted, given, comparer);
        return areRoots(named.names())
                ? matched
                : Outcomes.weaken(matched, UndecidedReason.DIFFERENT_NOTATION, "the values in another order");
    }

    /** {@code x_1} and {@code x_2} only number the solutions. */
    private static boolean areRoots(List<Node> names) {
        for (int i = 0; i < names.size(); i++) {
            boolean numbered = names.get(i) instanceof Node.Symbol symbol
                    && symbol.name().replace("{", "").replace("}", "").endsWith("_" + (i + 1))
                    && names.getFirst() instanceof Node.Symbol first
                    && symbol.name().charAt(0) == first.name().charAt(0);
            if (!numbered) {
                return false;
            }
        }
        return true;
    }

    /** Values without names: a tuple, or a list of values that are not labelled. */
    private static Optional<List<Node>> bare(Node node) {
        Optional<List<Node>> tuple = Tuples.components(node);
        if (tuple.isPresent()) {
            return tuple;
        }
        return Elements.of(node)
                .filter(elements -> !elements.braces() && !elements.alternatives())
                .map(Elements::nodes)
                .filter(nodes -> nodes.stream().noneMatch(item -> item instanceof Node.Relation));
    }

    static Optional<Values> values(Node node) {
        return switch (node) {
            case Node.Relation relation -> tuple(relation);
            case Node.Sequence sequence when sequence.separator() != Separator.OR -> list(sequence.items());
            case Node.SetOf set -> list(set.elements());
            default -> Optional.empty();
        };
    }

    private static Optional<Values> tuple(Node.Relation relation) {
        Optional<List<Node>> names = Tuples.components(relation.operands().getFirst());
        Optional<List<Node>> values = Tuples.components(relation.operands().getLast());
        boolean fits = relation.signs().equals(List.of(Sign.EQUAL))
                && names.isPresent()
                && values.isPresent()
                && names.get().size() == values.get().size()
                && names.get().stream().allMatch(Labels::isLabel)
                && names.get().stream().distinct().count() == names.get().size();
        return fits ? Optional.of(new Values(names.get(), values.get())) : Optional.empty();
    }

    private static Optional<Values> list(List<Node> items) {
        List<Node> names = new ArrayList<>();
        List<Node> values = new ArrayList<>();
        for (Node item : items) {
            Optional<Chain> chain = Signs.isEquation(item) ? Chain.of(item) : Optional.empty();
            Optional<Node> label = chain.flatMap(Chain::label).filter(name -> !names.contains(name));
            if (label.isEmpty()) {
                return Optional.empty();
            }
            names.add(label.get());
            values.add(chain.get().value());
        }
        return names.size() > 1 ? Optional.of(new Values(names, values)) : Optional.empty();
    }
}
