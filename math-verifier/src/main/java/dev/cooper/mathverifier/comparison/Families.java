package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.Rule;
import dev.cooper.mathverifier.UndecidedReason;
import dev.cooper.mathverifier.syntax.Node;
import dev.cooper.mathverifier.syntax.Node.Relation.Sign;
import java.util.List;
import java.util.Optional;

/** Sets with a parameter: the same expressions, whatever it is called, or the same offsets modulo the same period. */
final class Families implements Rung {

    @Override
    public Optional<Comparison> compare(Node reference, Node answer, Comparer comparer) {
        Optional<Family> wanted = Family.of(reference);
        Optional<Family> given = Family.of(answer);
        if (wanted.isEmpty() && given.isEmpty() && !(isPeriodic(reference) && isPeriodic(answer))) {
            return Optional.empty();
        }
        Optional<Family> left = wanted.or(() -> Family.implied(reference));
        Optional<Family> right = left.isEmpty() ? left : given.or(() -> Family.implied(answer));
        return right.map(family -> families(left.orElseThrow(), family, comparer))
                .map(comparison -> haveOtherLabels(reference, answer)
                        ? Outcomes.weaken(
                                comparison,
                                UndecidedReason.DIFFERENT_LABELS,
                                "the same values of something that is called otherwise")
                        : comparison);
    }

    private static boolean haveOtherLabels(Node reference, Node answer) {
        List<Node> wanted = labels(reference);
        List<Node> given = labels(answer);
        return !wanted.isEmpty()
                && !given.isEmpty()
                && wanted.stream().noneMatch(label -> given.stream().anyMatch(other -> Labels.areSame(label, other)));
    }

    /** What the values are called, without the condition on the parameter. */
    private static List<Node> labels(Node node) {
        return switch (node) {
            case Node.Sequence sequence ->
                sequence.items().stream().flatMap(item -> labels(item).stream()).toList();
            case Node.Relation relation
            when relation.signs().stream().allMatch(sign -> sign == Sign.EQUAL) ->
                Chain.of(relation).flatMap(Chain::label).stream().toList();
            default -> List.of();
        };
    }

    /** An angle that may be any of a series: {@code x = \pi/3 + 2k\pi} without more words. */
    private static boolean isPeriodic(Node node) {
        return Trees.contains(node, part -> part.equals(new Node.Constant(Node.Constant.Name.PI)))
                && Family.implied(node).isPresent();
    }

    private static Comparison families(Family wanted, Family given, Comparer comparer) {
        Node parameter = new Node.Symbol(wanted.parameter());
        Node condition = Trees.substitute(given.condition(), given.parameter(), parameter);
        Comparison conditions = comparer.compare(wanted.condition(), condition);
        if (!conditions.isEqual()) {
            return Outcomes.unsettled(UndecidedReason.DIFFERENT_NOTATION, "parameters that run through different sets");
        }
        List<Node> renamed = given.bodies().stream()
                .map(body -> Trees.substitute(body, given.parameter(), parameter))
                .toList();
        if (wanted.bodies().size() == renamed.size()) {
            Comparison bodies = new Matching(
                            renamed.size(),
                            (i, j) -> comparer.compareBodies(wanted.bodies().get(i), renamed.get(j)))
                    .outcome(Rule.SAME_FAMILY, "the same for every value of the parameter");
            if (bodies.isEqual()) {
                return bodies;
            }
        }
        boolean numbers = wanted.bodies().stream().allMatch(body -> Kinds.of(body) == Kinds.SCALAR)
                && renamed.stream().allMatch(body -> Kinds.of(body) == Kinds.SCALAR);
        return numbers && wanted.isOverIntegers()
                ? new Progressions(comparer, new Node.Symbol(wanted.parameter())).compare(wanted.bodies(), renamed)
                : Outcomes.unsettled(UndecidedReason.IN_DOUBT, "families that are written in different ways");
    }
}
