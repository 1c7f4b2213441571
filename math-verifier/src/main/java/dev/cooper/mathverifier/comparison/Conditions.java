package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.syntax.Node;
import dev.cooper.mathverifier.syntax.Node.Relation.Sign;
import dev.cooper.mathverifier.syntax.Node.Sequence.Separator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A value with a condition on its variables behind it, where the other side states the value alone. */
final class Conditions implements Rung {

    @Override
    public Optional<Comparison> compare(Node reference, Node answer, Comparer comparer) {
        Optional<Node> wanted = conditioned(reference);
        Optional<Node> given = conditioned(answer);
        if (wanted.isPresent() == given.isPresent()) {
            return Optional.empty();
        }
        Node other = wanted.isPresent() ? answer : reference;
        return other instanceof Node.Sequence
                ? Optional.empty()
                : Optional.of(comparer.compare(wanted.orElse(reference), given.orElse(answer)));
    }

    /** {@code \frac{x+1}{x-1}} of {@code \frac{x+1}{x-1}, x \ne 1}; empty for anything else. */
    private static Optional<Node> conditioned(Node node) {
        if (!(node instanceof Node.Sequence sequence) || sequence.separator() != Separator.COMMA) {
            return Optional.empty();
        }
        Node first = sequence.items().getFirst();
        Node value = Chain.of(first).map(Chain::value).orElse(first);
        Set<String> variables = Trees.symbols(value);
        List<Node> rest = sequence.items().subList(1, sequence.items().size());
        return Kinds.of(value) == Kinds.SCALAR && rest.stream().allMatch(item -> isCondition(item, variables))
                ? Optional.of(first)
                : Optional.empty();
    }

    private static boolean isCondition(Node node, Set<String> variables) {
        return node instanceof Node.Relation relation
                && relation.signs().stream()
                        .allMatch(sign -> Signs.isInequality(sign) || sign == Sign.NOT_EQUAL || sign == Sign.ELEMENT_OF)
                && !Trees.symbols(relation).isEmpty()
                && variables.containsAll(Trees.symbols(relation));
    }
}
