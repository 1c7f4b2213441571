package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.IncorrectReason;
import dev.cooper.mathverifier.Rule;
import dev.cooper.mathverifier.UndecidedReason;
import dev.cooper.mathverifier.algebra.Equality;
import dev.cooper.mathverifier.comparison.Comparison.Different;
import dev.cooper.mathverifier.syntax.Node;
import dev.cooper.mathverifier.syntax.Node.Relation.Sign;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Equations and inequalities that are not solved, and other relations. */
final class Relations implements Rung {

    @Override
    public Optional<Comparison> compare(Node reference, Node answer, Comparer comparer) {
        if (reference instanceof Node.Modulo wanted && answer instanceof Node.Modulo given) {
            return Optional.of(Outcomes.all(
                    List.of(
                            comparer.compare(wanted.value(), given.value()),
                            comparer.compare(wanted.modulus(), given.modulus())),
                    Rule.SAME_STATEMENT,
                    "the same residue of the same modulus"));
        }
        if (!(reference instanceof Node.Relation wanted) || !(answer instanceof Node.Relation given)) {
            return Optional.empty();
        }
        boolean equations = Signs.isEquation(wanted) && Signs.isEquation(given);
        boolean otherLength = wanted.signs().size() != given.signs().size() && !equations;
        if (otherLength || Elements.hasBothSigns(wanted) != Elements.hasBothSigns(given)) {
            return Optional.of(Outcomes.unsettled(
                    UndecidedReason.NOT_SOLVED, "a solution and an equation or inequality that is not solved"));
        }
        if (equations) {
            return Optional.of(equations(wanted, given, comparer));
        }
        Comparison sides = sideBySide(ascending(wanted), ascending(given), comparer);
        boolean simple = wanted.signs().size() == 1 && given.signs().size() == 1;
        return Optional.of(sides.isEqual() || !simple ? sides : moved(wanted, given, sides, comparer));
    }

    private static Comparison equations(Node.Relation wanted, Node.Relation given, Comparer comparer) {
        Node wantedDifference = sides(wanted);
        Node givenDifference = sides(given);
        return switch (comparer.scalars().proportion(wantedDifference, givenDifference)) {
            case POSITIVE, NEGATIVE, NOT_REAL ->
                Outcomes.equal(Rule.SAME_EQUATION, "the equations differ by a constant factor at most");
            case NOT_FOUND -> {
                boolean solves = isSolvedBy(given, wanted, comparer) || isSolvedBy(wanted, given, comparer);
                if (solves) {
                    yield Outcomes.equal(Rule.SAME_EQUATION, "one equation is the other, solved");
                }
                yield isPolynomial(wantedDifference) && isPolynomial(givenDifference)
                        ? Outcomes.differentValue("the equations are no multiples of one another")
                        : Outcomes.unsettled(UndecidedReason.IN_DOUBT, "equations that could not be compared");
            }
        };
    }

    private static Node sides(Node.Relation relation) {
        return Trees.difference(
                relation.operands().getFirst(), relation.operands().getLast());
    }

    /**
     * Whether {@code solved} is {@code y = f} and the other holds exactly for that y: with f for y both sides are
     * equal, it is linear in y, and without y it holds nowhere (so that no factor of y is zero where it holds).
     */
    private static boolean isSolvedBy(Node.Relation equation, Node.Relation solved, Comparer comparer) {
        Optional<Chain> chain = Chain.of(solved);
        if (chain.isEmpty() || !(chain.get().label().orElse(null) instanceof Node.Symbol name)) {
            return false;
        }
        Node value = chain.get().value();
        if (Trees.symbols(value).contains(name.name())) {
            return false;
        }
        Node difference = sides(equation);
        Node atZero = Trees.substitute(difference, name.name(), Trees.number(0));
        Node atOne = Trees.substitute(difference, name.name(), Trees.number(1));
        Node slope = Trees.difference(atOne, atZero);
        Node line = new Node.Sum(List.of(new Node.Product(List.of(slope, name)), atZero));
        boolean neverZero = comparer.scalars().sign(atZero).orElse(0) != 0
                || comparer.scalars().sign(slope).orElse(0) != 0;
        return neverZero
                && isZero(Trees.substitute(difference, name.name(), value), comparer)
                && comparer.scalars().compare(difference, line) instanceof Equality.Equal;
    }

    private static boolean isZero(Node node, Comparer comparer) {
        return comparer.scalars().compare(Trees.number(0), node) instanceof Equality.Equal;
    }

    /** The same chain read from the smaller side. */
    private static Node.Relation ascending(Node.Relation relation) {
        return relation.signs().stream().anyMatch(Signs::isGreater)
                ? new Node.Relation(
                        relation.operands().reversed(),
                        relation.signs().reversed().stream().map(Signs::flipped).toList())
                : relation;
    }

    private static Comparison sideBySide(Node.Relation wanted, Node.Relation given, Comparer comparer) {
        if (!wanted.signs().equals(given.signs())) {
            return new Different(IncorrectReason.DIFFERENT_VALUE, "other relations between the sides");
        }
        Comparison sides = operands(wanted.operands(), given.operands(), comparer);
        boolean symmetric = wanted.signs().stream().allMatch(Signs::isSymmetric);
        return !sides.isEqual() && symmetric
                ? operands(wanted.operands(), given.operands().reversed(), comparer)
                : sides;
    }

    private static Comparison operands(List<Node> wanted, List<Node> given, Comparer comparer) {
        List<Comparison> parts = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            parts.add(comparer.compare(wanted.get(i), given.get(i)));
        }
        return Outcomes.all(parts, Rule.SAME_STATEMENT, "the same relation between equal sides");
    }

    /** Two inequalities (or two {@code \ne}) with terms moved or a factor multiplied in. */
    private static Comparison moved(
            Node.Relation wanted, Node.Relation given, Comparison sideBySide, Comparer comparer) {
        Node.Relation left = ascending(wanted);
        Node.Relation right = ascending(given);
        Sign sign = left.signs().getFirst();
        boolean comparable = sign == right.signs().getFirst() && (Signs.isInequality(sign) || sign == Sign.NOT_EQUAL);
        if (!comparable) {
            return sideBySide;
        }
        return switch (comparer.scalars().proportion(sides(left), sides(right))) {
            case POSITIVE -> Outcomes.equal(Rule.SAME_INEQUALITY, "the same inequality but for a positive factor");
            case NEGATIVE ->
                sign == Sign.NOT_EQUAL
                        ? Outcomes.equal(Rule.SAME_INEQUALITY, "the same but for a factor")
                        : Outcomes.differentValue("the inequality points the other way");
            case NOT_REAL, NOT_FOUND ->
                isPolynomial(sides(left)) && isPolynomial(sides(right))
                        ? Outcomes.differentValue("the inequalities are no multiples of one another")
                        : Outcomes.unsettled(UndecidedReason.IN_DOUBT, "inequalities that could not be compared");
        };
    }

    /** Where every constant factor is found. */
    private static boolean isPolynomial(Node node) {
        return !Trees.contains(
                node,
                part -> !(part instanceof Node.Sum
                        || part instanceof Node.Product
                        || part instanceof Node.Negation
                        || part instanceof Node.Quotient
                        || part instanceof Node.Numeral
                        || part instanceof Node.Symbol
                        || (part instanceof Node.Power power && power.exponent() instanceof Node.Numeral)));
    }
}
