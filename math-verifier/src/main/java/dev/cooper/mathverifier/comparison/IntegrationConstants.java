package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.Rule;
import dev.cooper.mathverifier.algebra.Equality;
import dev.cooper.mathverifier.syntax.Node;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Antiderivatives in one variable with {@code + C}: the constant may have another name or sign, and swallows any other
 * constant. A bare small c is a variable like any other unless the other side has a capital.
 */
final class IntegrationConstants {
    private static final Set<String> CAPITALS = Set.of("C", "C_1", "C_{1}", "K");
    private static final Set<String> NAMES = Set.of("C", "C_1", "C_{1}", "K", "c", "k", "c_1", "c_{1}");

    /** Names under which a constant appears where the other side writes C. */
    private static final Set<String> OTHERS = Set.of("C", "C_1", "C_{1}", "K", "c", "k", "c_1", "c_{1}", "A", "B", "a");

    private IntegrationConstants() {}

    static Optional<Comparison> compare(Node reference, Node answer, Comparer comparer) {
        return renamed(reference, answer, comparer).or(() -> additive(reference, answer, comparer));
    }

    /** The same place under another name: {@code Ce^x} and {@code ce^x}. */
    private static Optional<Comparison> renamed(Node reference, Node answer, Comparer comparer) {
        Set<String> wanted = new HashSet<>(Trees.symbols(reference));
        Set<String> given = new HashSet<>(Trees.symbols(answer));
        Set<String> common = new HashSet<>(wanted);
        common.retainAll(given);
        wanted.removeAll(common);
        given.removeAll(common);
        boolean constants = wanted.size() == 1
                && given.size() == 1
                && OTHERS.containsAll(wanted)
                && OTHERS.containsAll(given)
                && (CAPITALS.containsAll(wanted) || CAPITALS.containsAll(given));
        if (!constants || common.isEmpty()) {
            return Optional.empty();
        }
        Node same = Trees.substitute(
                answer,
                given.iterator().next(),
                new Node.Symbol(wanted.iterator().next()));
        return comparer.scalars().compare(reference, same) instanceof Equality.Equal
                ? Optional.of(Outcomes.equal(Rule.SAME_UP_TO_CONSTANT, "the constant has another name"))
                : Optional.empty();
    }

    private static Optional<Comparison> additive(Node reference, Node answer, Comparer comparer) {
        Optional<String> wanted = constant(reference);
        Optional<String> given = constant(answer);
        if (wanted.isEmpty()
                || given.isEmpty()
                || !(CAPITALS.contains(wanted.get()) || CAPITALS.contains(given.get()))) {
            return Optional.empty();
        }
        Node wantedRest = Trees.substitute(reference, wanted.get(), Trees.number(0));
        Node givenRest = Trees.substitute(answer, given.get(), Trees.number(0));
        if (!Trees.symbols(wantedRest).equals(Trees.symbols(givenRest))
                || Trees.symbols(wantedRest).size() != 1) {
            return Optional.empty();
        }
        Node wantedChange = Trees.difference(wantedRest, at(wantedRest, 2));
        Node givenChange = Trees.difference(givenRest, at(givenRest, 2));
        return comparer.scalars().compare(wantedChange, givenChange) instanceof Equality.Equal
                ? Optional.of(Outcomes.equal(Rule.SAME_UP_TO_CONSTANT, "equal but for the constant of integration"))
                : Optional.empty();
    }

    /** The constant that stands as a term of its own in a sum, and nowhere else. */
    private static Optional<String> constant(Node node) {
        if (!(node instanceof Node.Sum sum)) {
            return Optional.empty();
        }
        List<String> names = sum.terms().stream()
                .map(term -> term instanceof Node.Negation negation ? negation.operand() : term)
                .flatMap(term -> term instanceof Node.Symbol symbol && NAMES.contains(symbol.name())
                        ? Stream.of(symbol.name())
                        : Stream.empty())
                .toList();
        if (names.size() != 1) {
            return Optional.empty();
        }
        Node symbol = new Node.Symbol(names.getFirst());
        long terms = sum.terms().stream()
                .filter(term -> Trees.contains(term, symbol::equals))
                .count();
        return terms == 1 ? Optional.of(names.getFirst()) : Optional.empty();
    }

    private static Node at(Node node, long point) {
        Map<String, Node> values = new HashMap<>();
        Trees.symbols(node).forEach(name -> values.put(name, Trees.number(point)));
        return Trees.substitute(node, values);
    }
}
