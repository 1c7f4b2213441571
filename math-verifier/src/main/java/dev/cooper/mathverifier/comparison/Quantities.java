package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.IncorrectReason;
import dev.cooper.mathverifier.PercentRule;
import dev.cooper.mathverifier.Rule;
import dev.cooper.mathverifier.UndecidedReason;
import dev.cooper.mathverifier.comparison.Comparison.Different;
import dev.cooper.mathverifier.comparison.Comparison.Equal;
import dev.cooper.mathverifier.comparison.Quantity.Measure;
import dev.cooper.mathverifier.numeric.Rational;
import dev.cooper.mathverifier.syntax.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Scalars with percent signs, degrees and units; below them the values alone. */
final class Quantities implements Rung {
    private static final Rational HUNDRED = Rational.of(100);
    private static final Node RADIANS_IN_A_DEGREE =
            Trees.quotient(new Node.Constant(Node.Constant.Name.PI), Node.Numeral.of(180));

    @Override
    public Optional<Comparison> compare(Node reference, Node answer, Comparer comparer) {
        if (Kinds.of(reference) != Kinds.SCALAR || Kinds.of(answer) != Kinds.SCALAR) {
            return Optional.empty();
        }
        return Optional.of(quantities(Quantity.of(reference), Quantity.of(answer), comparer));
    }

    private static Comparison quantities(Quantity wanted, Quantity given, Comparer comparer) {
        Measure w = wanted.measure();
        Measure g = given.measure();
        if (w instanceof Measure.NotKnown || g instanceof Measure.NotKnown) {
            return Outcomes.unsettled(
                    UndecidedReason.UNREAD_EXPRESSION, "words behind a number that may change its value");
        }
        if (w instanceof Measure.TimeOfDay || g instanceof Measure.TimeOfDay) {
            return times(wanted, given);
        }
        if (w instanceof Measure.Percent || g instanceof Measure.Percent) {
            return percent(wanted, given, comparer);
        }
        if (w instanceof Measure.Sized(Units.Size wantedSize) && g instanceof Measure.Sized(Units.Size givenSize)) {
            return sized(wanted.value(), wantedSize, given.value(), givenSize, comparer);
        }
        if (w instanceof Measure.Temperature(Quantity.Scale wantedScale)
                && g instanceof Measure.Temperature(Quantity.Scale givenScale)) {
            return temperatures(wanted.value(), wantedScale, given.value(), givenScale, comparer);
        }
        if (w instanceof Measure.Degrees != g instanceof Measure.Degrees) {
            return angle(wanted, given, comparer);
        }
        return isMixed(w, g)
                ? differentUnits("units of different kinds")
                : ScalarRules.compare(wanted.value(), given.value(), comparer);
    }

    private static boolean isMixed(Measure wanted, Measure given) {
        boolean none = wanted instanceof Measure.None || given instanceof Measure.None;
        return !none && !wanted.getClass().equals(given.getClass());
    }

    private static Comparison times(Quantity wanted, Quantity given) {
        boolean oneNamed =
                !(wanted.measure() instanceof Measure.TimeOfDay && given.measure() instanceof Measure.TimeOfDay);
        boolean same = wanted.value().equals(given.value())
                && (oneNamed
                        || wanted.measure()
                                .toString()
                                .replace(".", "")
                                .equals(given.measure().toString().replace(".", "")));
        return same
                ? Outcomes.equal(Rule.SAME_VALUE, "the same time of day")
                : Outcomes.differentValue("not the same time of day");
    }

    private static Comparison percent(Quantity wanted, Quantity given, Comparer comparer) {
        boolean percentWanted = wanted.measure() instanceof Measure.Percent;
        if (percentWanted && given.measure() instanceof Measure.Percent) {
            return ScalarRules.compare(wanted.value(), given.value(), comparer);
        }
        PercentRule rule = comparer.options().percent();
        Node other = percentWanted ? given.value() : wanted.value();
        Node hundredfold = Quantity.scaled(other, HUNDRED);
        Comparison asFraction = percentWanted
                ? ScalarRules.compare(wanted.value(), hundredfold, comparer)
                : ScalarRules.compare(hundredfold, given.value(), comparer);
        Comparison asNumber = ScalarRules.compare(wanted.value(), given.value(), comparer);
        boolean equal = (rule != PercentRule.SIGN_DROPPED && asFraction.isEqual())
                || (rule != PercentRule.FRACTION && asNumber.isEqual());
        return equal
                ? Outcomes.equal(Rule.SAME_VALUE_AS_PERCENT, "equal with the percentage as " + rule)
                : (rule == PercentRule.FRACTION ? asFraction : asNumber);
    }

    private static Comparison sized(
            Node wanted, Units.Size wantedSize, Node given, Units.Size givenSize, Comparer comparer) {
        if (!wantedSize.dimensions().equals(givenSize.dimensions())) {
            Optional<Comparison> radians = radians(wanted, wantedSize, given, givenSize);
            return radians.orElseGet(() -> differentUnits("units of different dimensions"));
        }
        if (wantedSize.equals(givenSize)) {
            return ScalarRules.compare(wanted, given, comparer);
        }
        Rational factor = givenSize.factor().times(wantedSize.factor().reciprocal());
        return renamed(
                ScalarRules.compare(wanted, Quantity.scaled(given, factor), comparer),
                Rule.SAME_QUANTITY,
                "the same quantity in other units");
    }

    private static Optional<Comparison> radians(Node wanted, Units.Size w, Node given, Units.Size g) {
        boolean same = wanted.equals(given)
                && (w.dimensions().equals(Map.of()) || g.dimensions().equals(Map.of()));
        return same ? Optional.of(Outcomes.equal(Rule.SAME_VALUE, "the same number")) : Optional.empty();
    }

    private static Comparison temperatures(
            Node wanted, Quantity.Scale wantedScale, Node given, Quantity.Scale givenScale, Comparer comparer) {
        if (wantedScale == givenScale) {
            return ScalarRules.compare(wanted, given, comparer);
        }
        Node kelvin =
                Quantity.scaled(new Node.Sum(List.of(given, Trees.number(givenScale.offset()))), givenScale.factor());
        Node converted = Trees.difference(
                Quantity.scaled(kelvin, wantedScale.factor().reciprocal()), Trees.number(wantedScale.offset()));
        return renamed(
                ScalarRules.compare(wanted, converted, comparer),
                Rule.SAME_QUANTITY,
                "the same temperature on another scale");
    }

    /** One side in degrees: the other may be the same number, or the angle in radians. */
    private static Comparison angle(Quantity wanted, Quantity given, Comparer comparer) {
        boolean degreesWanted = wanted.measure() instanceof Measure.Degrees;
        Measure other = degreesWanted ? given.measure() : wanted.measure();
        boolean radians = other instanceof Measure.Sized(Units.Size size)
                && size.dimensions().equals(Map.of("angle", 1));
        boolean plain = other instanceof Measure.None || other instanceof Measure.Temperature;
        if (!radians && !plain) {
            return differentUnits("an angle and another quantity");
        }
        Comparison numbers = ScalarRules.compare(wanted.value(), given.value(), comparer);
        if (plain && numbers.isEqual()) {
            return numbers;
        }
        Node inDegrees = degreesWanted ? wanted.value() : given.value();
        Node inRadians = new Node.Product(List.of(inDegrees, RADIANS_IN_A_DEGREE));
        Comparison converted = degreesWanted
                ? ScalarRules.compare(inRadians, given.value(), comparer)
                : ScalarRules.compare(wanted.value(), inRadians, comparer);
        return converted.isEqual()
                ? Outcomes.equal(Rule.SAME_ANGLE, "the same angle in degrees and radians")
                : (plain ? numbers : converted);
    }

    private static Comparison renamed(Comparison comparison, Rule rule, String detail) {
        return comparison instanceof Equal equal && equal.rule() == Rule.SAME_VALUE
                ? Outcomes.equal(rule, detail)
                : comparison;
    }

    private static Comparison differentUnits(String detail) {
        return new Different(IncorrectReason.DIFFERENT_UNITS, detail);
    }
}
