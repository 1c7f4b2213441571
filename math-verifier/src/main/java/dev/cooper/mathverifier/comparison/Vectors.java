package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.algebra.Equality;
import dev.cooper.mathverifier.syntax.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tuples in other dress: {@code 2i - 3j + k}, {@code P(5, 12)}. Only read as such beside a tuple. */
final class Vectors {
    private static final List<String> UNITS = List.of("i", "j", "k");

    private Vectors() {}

    /** The {@code size} components of a vector or a named point; empty for anything else. */
    static Optional<List<Node>> components(Node node, int size, Scalars scalars) {
        if (node instanceof Node.Call call
                && call.arguments().size() == size
                && call.name().length() == 1
                && Character.isUpperCase(call.name().charAt(0))) {
            return Optional.of(call.arguments());
        }
        Node plain = Trees.rewrite(
                node, part -> part.equals(new Node.Constant(Node.Constant.Name.I)) ? new Node.Symbol("i") : part);
        Set<String> names = Trees.symbols(plain);
        List<String> units = UNITS.subList(0, Math.min(size, UNITS.size()));
        boolean unitVectors = size <= UNITS.size() && names.contains("j") && units.containsAll(names);
        return unitVectors ? unitVectors(plain, units, scalars) : Optional.empty();
    }

    private static Optional<List<Node>> unitVectors(Node node, List<String> units, Scalars scalars) {
        List<Node> components = new ArrayList<>();
        List<Node> terms = new ArrayList<>();
        for (String unit : units) {
            Node component = node;
            for (String other : units) {
                component = Trees.substitute(component, other, Trees.number(other.equals(unit) ? 1 : 0));
            }
            components.add(component);
            terms.add(new Node.Product(List.of(component, new Node.Symbol(unit))));
        }
        return scalars.compare(node, new Node.Sum(terms)) instanceof Equality.Equal
                ? Optional.of(components)
                : Optional.empty();
    }
}
