package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.Rule;
import dev.cooper.mathverifier.UndecidedReason;
import dev.cooper.mathverifier.syntax.Function;
import dev.cooper.mathverifier.syntax.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists, sets in braces and values with both signs: the same elements in any order. */
final class Lists implements Rung {
    /** In longer lists elements are told apart by a cheap test first. */
    private static final int FEW = 5;

    @Override
    public Optional<Comparison> compare(Node reference, Node answer, Comparer comparer) {
        Optional<Elements> wanted = Elements.of(reference);
        Optional<Elements> given = Elements.of(answer);
        if (wanted.isEmpty() && given.isEmpty()) {
            return Optional.empty();
        }
        if (isTooLong(wanted, comparer) || isTooLong(given, comparer)) {
            return Optional.of(Outcomes.unsettled(
                    UndecidedReason.BUDGET_EXCEEDED,
                    "a list of more than " + comparer.options().budget().elements() + " elements"));
        }
        if (wanted.isPresent() && given.isPresent()) {
            return Optional.of(lists(wanted.get(), given.get(), comparer));
        }
        return wanted.isPresent()
                ? oneList(wanted.get(), answer, comparer, false)
                : oneList(given.orElseThrow(), reference, comparer, true);
    }

    private static boolean isTooLong(Optional<Elements> elements, Comparer comparer) {
        return elements.filter(
                        e -> e.nodes().size() > comparer.options().budget().elements())
                .isPresent();
    }

    private static Comparison lists(Elements reference, Elements answer, Comparer comparer) {
        boolean once = comparer.mathVerify().isPresent();
        Elements wanted = reference.braces() || once ? reference.distinct(comparer) : reference;
        Elements given = answer.braces() || once ? answer.distinct(comparer) : answer;
        if (wanted.nodes().size() != given.nodes().size()) {
            return Outcomes.differentValue(wanted.nodes().size() + " elements are due, not "
                    + given.nodes().size());
        }
        return matched(wanted.nodes(), given.nodes(), comparer);
    }

    static Comparison matched(List<Node> wanted, List<Node> given, Comparer comparer) {
        List<Node> left = new ArrayList<>(wanted);
        List<Node> right = new ArrayList<>(given);
        left.removeIf(right::remove);
        boolean many = left.size() > FEW;
        return new Matching(left.size(), (i, j) -> element(left.get(i), right.get(j), many, comparer))
                .outcome(Rule.SAME_LIST, "the same " + wanted.size() + " elements");
    }

    private static Comparison element(Node wanted, Node given, boolean many, Comparer comparer) {
        return many
                        && isExpression(wanted)
                        && isExpression(given)
                        && comparer.scalars().differAtAPoint(wanted, given)
                ? Outcomes.differentValue("the values differ at a point")
                : comparer.compare(wanted, given);
    }

    /** Neither a decimal, which may be rounded, nor something with a unit, a label or a constant of integration. */
    private static boolean isExpression(Node node) {
        return !Trees.contains(
                node,
                part -> Kinds.of(part) != Kinds.SCALAR
                        || part instanceof Node.Measured
                        || part instanceof Node.Percent
                        || part instanceof Node.Degrees
                        || part instanceof Node.Ratio
                        || part instanceof Node.Call
                        || (part instanceof Node.Symbol symbol && symbol.name().equals("C"))
                        || (part instanceof Node.Application log && log.function() == Function.LOG)
                        || Decimal.of(part).isPresent());
    }

    private static Optional<Comparison> oneList(Elements list, Node other, Comparer comparer, boolean listIsAnswer) {
        Elements few = list.braces() || list.alternatives() ? list.distinct(comparer) : list;
        if (few.nodes().size() == 1) {
            Node only = few.nodes().getFirst();
            return Optional.of(listIsAnswer ? comparer.compare(other, only) : comparer.compare(only, other));
        }
        Optional<List<Node>> components = Tuples.components(other);
        if (components.isPresent()) {
            return Optional.of(
                    listIsAnswer
                            ? otherNotation(components.get(), list.nodes(), comparer)
                            : otherNotation(list.nodes(), components.get(), comparer));
        }
        return Kinds.of(other) == Kinds.SCALAR
                ? Optional.of(Outcomes.differentKind(
                        listIsAnswer ? "several values where one is due" : "one value where several are due"))
                : Optional.empty();
    }

    /** A tuple is ordered and a list is not: that they hold the same elements is not enough. */
    private static Comparison otherNotation(List<Node> wanted, List<Node> given, Comparer comparer) {
        if (wanted.size() != given.size()) {
            return Outcomes.differentKind(wanted.size() + " elements are due, not " + given.size());
        }
        if (comparer.mathVerify().isPresent()) {
            Comparison ordered = Tuples.ordered(wanted, given, comparer);
            return ordered.isEqual()
                    ? Outcomes.equal(Rule.MATH_VERIFY, "the same elements in the same order")
                    : Outcomes.differentValue("not the same elements in the same order");
        }
        return Outcomes.weaken(
                matched(wanted, given, comparer),
                UndecidedReason.DIFFERENT_NOTATION,
                "the same elements, once as a tuple and once as a list or set");
    }
}
