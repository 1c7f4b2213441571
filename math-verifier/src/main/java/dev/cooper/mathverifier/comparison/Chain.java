package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.syntax.Node;
import dev.cooper.mathverifier.syntax.Node.Relation.Sign;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A labelled value or a calculation: {@code x = 5}, {@code x = 5 + 6 = 11}, {@code 3 \cdot 6 = 18}, {@code x \in A}.
 *
 * @param label what it is the value of, if that is said
 * @param members what are equal to one another, at least one; approximations of an exact member are left out
 */
record Chain(Optional<Node> label, List<Node> members) {
    Chain {
        members = List.copyOf(members);
    }

    /** The last member: what the calculation came to; before a decimal the member that it rounds. */
    Node value() {
        Node last = members.getLast();
        boolean decimal = members.size() > 1 && Decimal.of(last).isPresent();
        Node before = decimal ? members.get(members.size() - 2) : last;
        return Kinds.of(before) == Kinds.SCALAR ? before : last;
    }

    static Optional<Chain> of(Node node) {
        if (!(node instanceof Node.Relation relation)) {
            return Optional.empty();
        }
        int implication = relation.signs().lastIndexOf(Sign.IMPLIES);
        if (implication >= 0) {
            return conclusion(relation, implication);
        }
        if (relation.signs().equals(List.of(Sign.ELEMENT_OF))) {
            return Optional.of(new Chain(
                    Optional.of(relation.operands().getFirst()),
                    List.of(relation.operands().getLast())));
        }
        if (relation.signs().equals(List.of(Sign.MAPS_TO))) {
            Node function = new Node.Call("f", List.of(relation.operands().getFirst()));
            return Optional.of(
                    new Chain(Optional.of(function), List.of(relation.operands().getLast())));
        }
        if (relation.signs().equals(List.of(Sign.EQUIVALENT))
                && !(relation.operands().getLast() instanceof Node.Modulo)) {
            return equations(new Node.Relation(relation.operands(), List.of(Sign.EQUAL)));
        }
        return Signs.isEquation(relation) ? equations(relation) : Optional.empty();
    }

    /** What stands behind the last arrow: {@code 2x = 10 \\implies x = 5}. */
    private static Optional<Chain> conclusion(Node.Relation relation, int implication) {
        List<Node> operands =
                relation.operands().subList(implication + 1, relation.operands().size());
        Node last = operands.size() == 1
                ? operands.getFirst()
                : new Node.Relation(
                        operands,
                        relation.signs()
                                .subList(implication + 1, relation.signs().size()));
        return Optional.of(of(last).orElseGet(() -> new Chain(Optional.empty(), List.of(last))));
    }

    /** Names are labels; so is an expression with names in front of a calculation: {@code a + b = 12 + 13 = 25}. */
    private static Optional<Chain> equations(Node.Relation relation) {
        List<Node> members = new ArrayList<>();
        Optional<Node> label = Optional.empty();
        boolean approximate = false;
        for (int i = 0; i < relation.operands().size(); i++) {
            Node operand = relation.operands().get(i);
            approximate |= i > 0 && relation.signs().get(i - 1) == Sign.APPROXIMATELY;
            boolean last = i == relation.operands().size() - 1;
            boolean named = Labels.isLabel(operand) || isAskedFor(relation, i);
            if (named && !(last && members.isEmpty())) {
                label = label.isPresent() ? label : Optional.of(operand);
            } else if (!(approximate && !members.isEmpty())) {
                members.add(operand);
            }
        }
        boolean calculation = members.stream().allMatch(Chain::isNumber);
        return label.isPresent() || calculation ? Optional.of(new Chain(label, members)) : Optional.empty();
    }

    private static boolean isAskedFor(Node.Relation relation, int index) {
        return index == 0
                && relation.operands().size() > 2
                && !isNumber(relation.operands().getFirst())
                && relation.operands().subList(1, relation.operands().size()).stream()
                        .allMatch(Chain::isNumber);
    }

    private static boolean isNumber(Node node) {
        return Trees.symbols(node).isEmpty();
    }
}
