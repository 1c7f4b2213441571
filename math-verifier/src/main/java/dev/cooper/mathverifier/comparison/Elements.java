package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.syntax.Node;
import dev.cooper.mathverifier.syntax.Node.Sequence.Separator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The elements of a list, a set in braces or a value with both signs.
 *
 * @param braces whether repeated elements count once
 * @param alternatives whether the elements are joined by "or"
 */
record Elements(List<Node> nodes, boolean braces, boolean alternatives) {
    Elements {
        nodes = List.copyOf(nodes);
    }

    static Optional<Elements> of(Node node) {
        return switch (node) {
            case Node.SetOf set -> Optional.of(new Elements(expanded(set.elements()), true, false));
            case Node.Sequence sequence ->
                Optional.of(new Elements(expanded(flattened(sequence)), false, sequence.separator() == Separator.OR));
            default ->
                hasBothSigns(node)
                        ? Optional.of(new Elements(expanded(List.of(node)), false, false))
                        : Optional.empty();
        };
    }

    /** {@code 1, 2 and 3} is one list; {@code 1, 2; 3, 4} is a list of two. */
    private static List<Node> flattened(Node.Sequence sequence) {
        List<Node> items = new ArrayList<>();
        for (Node item : sequence.items()) {
            boolean same = item instanceof Node.Sequence && sequence.separator() != Separator.SEMICOLON;
            if (same && item instanceof Node.Sequence inner) {
                items.addAll(flattened(inner));
            } else {
                items.add(item);
            }
        }
        return items;
    }

    /** Each element with both signs as two elements, the upper signs taken together. */
    static List<Node> expanded(List<Node> nodes) {
        if (nodes.stream().noneMatch(Elements::hasBothSigns)) {
            return nodes;
        }
        List<Node> expanded = new ArrayList<>();
        for (Node node : nodes) {
            if (hasBothSigns(node)) {
                expanded.add(withSigns(node, true));
                expanded.add(withSigns(node, false));
            } else {
                expanded.add(node);
            }
        }
        return expanded;
    }

    static boolean hasBothSigns(Node node) {
        return Trees.contains(node, part -> part instanceof Node.PlusMinus);
    }

    private static Node withSigns(Node node, boolean upper) {
        return Trees.rewrite(
                node,
                part -> part instanceof Node.PlusMinus both
                        ? (both.minusFirst() == upper ? new Node.Negation(both.operand()) : both.operand())
                        : part);
    }

    /** Without those that equal an earlier one. */
    Elements distinct(Comparer comparer) {
        List<Node> distinct = new ArrayList<>();
        for (Node node : nodes) {
            if (distinct.stream().noneMatch(earlier -> comparer.areEqual(earlier, node))) {
                distinct.add(node);
            }
        }
        return new Elements(distinct, braces, alternatives);
    }
}
