package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.numeric.Rational;
import dev.cooper.mathverifier.syntax.Node;
import dev.cooper.mathverifier.syntax.Node.NumberSet;
import dev.cooper.mathverifier.syntax.Node.NumberSet.Domain;
import dev.cooper.mathverifier.syntax.Node.Relation.Sign;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists the integers between two bounds: {@code \{x \in \mathbb{N} \mid 1 \le x \le 4\}} is {@code \{1, 2, 3, 4\}}. */
final class Integers {
    private static final BigInteger MOST = BigInteger.valueOf(64);

    private final Node unknown;
    private Optional<BigInteger> least = Optional.empty();
    private Optional<BigInteger> greatest = Optional.empty();
    private boolean integers;
    private boolean naturals;

    private Integers(Node unknown) {
        this.unknown = unknown;
    }

    /** The set of the integers that fulfil the conditions; empty if they are something else, or too many. */
    static Optional<Node> between(Node unknown, List<Node> conditions) {
        var bounds = new Integers(unknown);
        boolean understood = conditions.stream().allMatch(bounds::add);
        return understood && bounds.integers ? bounds.set() : Optional.empty();
    }

    private boolean add(Node condition) {
        if (!(condition instanceof Node.Relation relation)) {
            return false;
        }
        if (relation.signs().equals(List.of(Sign.ELEMENT_OF))
                && relation.operands().getFirst().equals(unknown)
                && relation.operands().getLast() instanceof NumberSet numbers) {
            integers |= numbers.domain() == Domain.INTEGERS || numbers.domain() == Domain.NATURALS;
            naturals |= numbers.domain() == Domain.NATURALS;
            boolean positive = numbers.sign() > 0;
            if (positive) {
                atLeast(BigInteger.ONE);
            }
            // Whether zero is a natural number, people do not agree: the other conditions have to say it.
            return numbers.sign() >= 0;
        }
        for (int i = 0; i < relation.signs().size(); i++) {
            if (!bound(
                    relation.operands().get(i),
                    relation.signs().get(i),
                    relation.operands().get(i + 1))) {
                return false;
            }
        }
        return true;
    }

    private boolean bound(Node left, Sign sign, Node right) {
        if (right.equals(unknown)) {
            return number(left)
                    .filter(value -> bound(Signs.flipped(sign), value))
                    .isPresent();
        }
        return left.equals(unknown)
                && number(right).filter(value -> bound(sign, value)).isPresent();
    }

    private boolean bound(Sign sign, Rational value) {
        BigInteger floor = value.floor();
        BigInteger ceiling = value.negate().floor().negate();
        switch (sign) {
            case LESS -> atMost(ceiling.subtract(BigInteger.ONE));
            case LESS_OR_EQUAL -> atMost(floor);
            case GREATER -> atLeast(floor.add(BigInteger.ONE));
            case GREATER_OR_EQUAL -> atLeast(ceiling);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void atLeast(BigInteger value) {
        least = Optional.of(least.map(value::max).orElse(value));
    }

    private void atMost(BigInteger value) {
        greatest = Optional.of(greatest.map(value::min).orElse(value));
    }

    private static Optional<Rational> number(Node node) {
        return switch (node) {
            case Node.Numeral numeral -> Optional.of(numeral.value());
            case Node.Negation negation -> number(negation.operand()).map(Rational::negate);
            default -> Optional.empty();
        };
    }

    private Optional<Node> set() {
        if (least.isEmpty()
                || greatest.isEmpty()
                || (naturals && least.get().signum() <= 0)
                || greatest.get().subtract(least.get()).compareTo(MOST) >= 0) {
            return Optional.empty();
        }
        List<Node> elements = new ArrayList<>();
        for (BigInteger i = least.get(); i.compareTo(greatest.get()) <= 0; i = i.add(BigInteger.ONE)) {
            elements.add(Trees.number(Rational.of(i)));
        }
        return Optional.of(new Node.SetOf(elements));
    }
}
