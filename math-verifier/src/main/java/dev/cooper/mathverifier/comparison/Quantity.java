package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.comparison.UnitReader.Meaning;
import dev.cooper.mathverifier.numeric.Rational;
import dev.cooper.mathverifier.syntax.Node;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A value without its unit, and what the unit says. */
record Quantity(Node value, Measure measure) {
    private static final Rational SIXTIETH = new Rational(BigInteger.ONE, BigInteger.valueOf(60));

    /** What a value is measured in. */
    sealed interface Measure {
        /** A bare number, or one with words that say nothing about its size. */
        record None() implements Measure {}

        record Percent() implements Measure {}

        record Degrees() implements Measure {}

        record Temperature(Scale scale) implements Measure {}

        record Sized(Units.Size size) implements Measure {}

        record TimeOfDay(String text) implements Measure {}

        /** Words that change the value in a way that is not known. */
        record NotKnown() implements Measure {}
    }

    /** A temperature scale: kelvins are {@code factor * (value + offset)}. */
    enum Scale {
        CELSIUS,
        FAHRENHEIT,
        KELVIN;

        Rational factor() {
            return this == FAHRENHEIT ? Rational.of(5, 9) : Rational.ONE;
        }

        Rational offset() {
            return switch (this) {
                case CELSIUS -> Rational.of(27315, 100);
                case FAHRENHEIT -> Rational.of(45967, 100);
                case KELVIN -> Rational.ZERO;
            };
        }
    }

    static Quantity of(Node node) {
        return switch (node) {
            case Node.Percent percent -> new Quantity(percent.operand(), new Measure.Percent());
            case Node.Degrees degrees -> new Quantity(degrees(degrees), new Measure.Degrees());
            case Node.Measured measured -> measured(measured);
            case Node.Negation negation -> {
                Quantity inner = of(negation.operand());
                yield new Quantity(inner.isPlain() ? node : new Node.Negation(inner.value()), inner.measure());
            }
            case Node.Product product -> product(product);
            case Node.Quotient quotient -> {
                Quantity dividend = of(quotient.dividend());
                yield dividend.isPlain()
                        ? plain(node)
                        : new Quantity(Trees.quotient(dividend.value(), quotient.divisor()), dividend.measure());
            }
            case Node.Sum sum -> sum(sum);
            default -> plain(node);
        };
    }

    private static Quantity plain(Node node) {
        return new Quantity(node, new Measure.None());
    }

    /** Whether nothing was taken off. */
    boolean isPlain() {
        return measure instanceof Measure.None;
    }

    private static Quantity measured(Node.Measured node) {
        Optional<Scale> scale = scale(node.unit().text().toLowerCase(Locale.ROOT));
        if (scale.isPresent()) {
            return new Quantity(of(node.value()).value(), new Measure.Temperature(scale.get()));
        }
        return switch (UnitReader.read(node.unit().text())) {
            case Meaning.NotKnown _ -> new Quantity(node.value(), new Measure.NotKnown());
            case Meaning.TimeOfDay _ ->
                new Quantity(node.value(), new Measure.TimeOfDay(node.unit().text()));
            case Meaning.Read read -> read(node.value(), read);
        };
    }

    private static Quantity read(Node value, Meaning.Read read) {
        Quantity inner = of(value);
        Node scaled = scaled(inner.value(), read.multiplier());
        if (read.size().isEmpty()) {
            return new Quantity(scaled, inner.measure());
        }
        Units.Size size = read.size().get();
        boolean degrees = size.dimensions().equals(Map.of("degrees", 1));
        return new Quantity(scaled, degrees ? new Measure.Degrees() : new Measure.Sized(size));
    }

    private static Optional<Scale> scale(String text) {
        String unit = text.replace("degrees", "")
                .replace("degree", "")
                .replace("°", "")
                .strip();
        return switch (unit) {
            case "celsius", "c" -> Optional.of(Scale.CELSIUS);
            case "fahrenheit", "f" -> Optional.of(Scale.FAHRENHEIT);
            case "kelvin", "kelvins", "k" -> Optional.of(Scale.KELVIN);
            default -> Optional.empty();
        };
    }

    private static Node degrees(Node.Degrees node) {
        if (Trees.isZero(node.minutes()) && Trees.isZero(node.seconds())) {
            return node.degrees();
        }
        return new Node.Sum(List.of(
                node.degrees(), scaled(node.minutes(), SIXTIETH), scaled(node.seconds(), SIXTIETH.times(SIXTIETH))));
    }

    /** A factor with a unit gives its unit to the product. */
    private static Quantity product(Node.Product node) {
        List<Node> factors = new ArrayList<>();
        Measure measure = new Measure.None();
        for (Node factor : node.factors()) {
            Quantity quantity = factor instanceof Node.Measured ? of(factor) : plain(factor);
            if (!quantity.isPlain() && !(measure instanceof Measure.None)) {
                return plain(node);
            }
            measure = quantity.isPlain() ? measure : quantity.measure();
            factors.add(quantity.value());
        }
        return new Quantity(measure instanceof Measure.None ? node : new Node.Product(factors), measure);
    }

    /** {@code 5 ft + 3 in}: all in the unit of the first. */
    private static Quantity sum(Node.Sum node) {
        List<Node> terms = new ArrayList<>();
        Optional<Units.Size> unit = Optional.empty();
        for (Node term : node.terms()) {
            Quantity quantity = of(term);
            if (!(quantity.measure() instanceof Measure.Sized(Units.Size size))) {
                return plain(node);
            }
            unit = unit.or(() -> Optional.of(size));
            if (!unit.get().dimensions().equals(size.dimensions())) {
                return plain(node);
            }
            terms.add(scaled(
                    quantity.value(), size.factor().times(unit.get().factor().reciprocal())));
        }
        return unit.map(size -> new Quantity(new Node.Sum(terms), new Measure.Sized(size)))
                .orElseGet(() -> plain(node));
    }

    /** {@code node} times {@code factor}; a decimal times a power of ten still states its digits. */
    static Node scaled(Node node, Rational factor) {
        if (factor.equals(Rational.of(1))) {
            return node;
        }
        if (node instanceof Node.Numeral numeral) {
            Rational value = numeral.value().times(factor);
            Optional<Integer> places = powerOfTen(factor);
            return new Node.Numeral(
                    value,
                    numeral.stated()
                            .flatMap(digits -> places.map(
                                    n -> new Node.StatedDigits(digits.significant(), digits.lastPlace() + n))));
        }
        if (node instanceof Node.Negation negation) {
            return new Node.Negation(scaled(negation.operand(), factor));
        }
        return new Node.Product(List.of(Trees.number(factor), node));
    }

    private static Optional<Integer> powerOfTen(Rational factor) {
        Rational value = factor;
        for (int places = 0; places < 20; places++) {
            if (value.equals(Rational.of(1))) {
                return Optional.of(places);
            }
            value = value.times(Rational.decimal(BigInteger.ONE, -1));
        }
        value = factor;
        for (int places = 0; places > -20; places--) {
            if (value.equals(Rational.of(1))) {
                return Optional.of(places);
            }
            value = value.times(Rational.of(10));
        }
        return Optional.empty();
    }
}
