package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.numeric.Rational;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The units that are known, with their exact size in base units. */
final class Units {
    /** Each line: size in the base unit, dimension, names. Sizes of 1959 (inch, pound) and the SI. */
    private static final List<String> LINES = List.of(
            "1 length m meter meters metre metres",
            "1/100 length cm centimeter centimeters centimetre centimetres",
            "1/1000 length mm millimeter millimeters millimetre millimetres",
            "1/10 length dm decimeter decimeters decimetre decimetres",
            "1000 length km kilometer kilometers kilometre kilometres kms",
            "1/1000000 length µm μm micrometer micrometers micron microns",
            "1/1000000000 length nm nanometer nanometers",
            "254/10000 length in inch inches ″",
            "3048/10000 length ft foot feet ′",
            "9144/10000 length yd yard yards yds",
            "1609344/1000 length mi mile miles",
            "1 mass kg kilogram kilograms kilo kilos kgs",
            "1/1000 mass g gram grams gm gms",
            "1/1000000 mass mg milligram milligrams",
            "1000 mass tonne tonnes",
            "45359237/100000000 mass lb lbs pound pounds",
            "45359237/1600000000 mass oz ounce ounces",
            "1 time s sec secs second seconds",
            "1/1000 time ms millisecond milliseconds",
            "60 time min mins minute minutes",
            "3600 time h hr hrs hour hours",
            "86400 time day days",
            "604800 time week weeks wk wks",
            "1 months month months",
            "12 months year years yr yrs",
            "1/1000 length3 l liter liters litre litres",
            "1/1000000 length3 ml milliliter milliliters millilitre millilitres cc",
            "3785411784/1000000000000 length3 gal gallon gallons",
            "946352946/1000000000000 length3 quart quarts qt",
            "10000 length2 hectare hectares ha",
            "40468564224/10000000 length2 acre acres",
            "1609344/3600000 speed mph",
            "1000/3600 speed kph kmh kmph",
            "1 angle radian radians rad rads",
            "1 degrees degree degrees deg °",
            "1 usd dollar dollars buck bucks usd $",
            "1/100 usd cent cents ¢",
            "1 eur euro euros eur €",
            "1 gbp gbp £",
            "1/100 gbp pence penny",
            "1 jpy yen jpy ¥",
            "1 yuan yuan rmb cny",
            "1 inr rupee rupees inr ₹ rs",
            "1 rub ruble rubles rouble roubles",
            "1 force n newton newtons",
            "1 energy j joule joules",
            "1000 energy kj kilojoule kilojoules",
            "3600000 energy kwh",
            "1 power w watt watts",
            "1000 power kw kilowatt kilowatts",
            "1 frequency hz hertz",
            "1 pressure pa pascal pascals",
            "1 current a amp amps ampere amperes",
            "1 voltage v volt volts",
            "1 resistance ohm ohms Ω ω",
            "1 amount mol mole moles");

    private static final Map<String, Size> KNOWN = known();
    private static final Map<String, Rational> MULTIPLIERS = multipliers();

    private Units() {}

    /** A product of powers of base units: its exact size, and the powers. */
    record Size(Rational factor, Map<String, Integer> dimensions) {
        Size {
            dimensions = Map.copyOf(dimensions);
        }

        static final Size ONE = new Size(Rational.of(1), Map.of());

        Size times(Size other, int power) {
            Map<String, Integer> sum = new TreeMap<>(dimensions);
            other.dimensions.forEach((name, exponent) -> sum.merge(name, exponent * power, Integer::sum));
            sum.values().removeIf(exponent -> exponent == 0);
            Rational size = power < 0 ? other.factor.reciprocal().pow(-power) : other.factor.pow(power);
            return new Size(factor.times(size), sum);
        }
    }

    static Optional<Size> find(String name) {
        return Optional.ofNullable(KNOWN.get(name))
                .or(() -> Optional.ofNullable(KNOWN.get(name.toLowerCase(Locale.ROOT))));
    }

    /** What "million" or "dozen" multiplies by. */
    static Optional<Rational> multiplier(String name) {
        return Optional.ofNullable(MULTIPLIERS.get(name));
    }

    private static Map<String, Size> known() {
        Map<String, Size> sizes = new HashMap<>();
        for (String line : LINES) {
            List<String> words = List.of(line.split(" ", -1));
            Size size = new Size(rational(words.get(0)), dimensions(words.get(1)));
            words.subList(2, words.size()).forEach(name -> sizes.put(name, size));
        }
        return Map.copyOf(sizes);
    }

    /** Units that are made of others have the dimensions of these. */
    private static Map<String, Integer> dimensions(String name) {
        return switch (name) {
            case "length2" -> Map.of("length", 2);
            case "length3" -> Map.of("length", 3);
            case "speed" -> Map.of("length", 1, "time", -1);
            case "force" -> Map.of("mass", 1, "length", 1, "time", -2);
            case "energy" -> Map.of("mass", 1, "length", 2, "time", -2);
            case "power" -> Map.of("mass", 1, "length", 2, "time", -3);
            case "pressure" -> Map.of("mass", 1, "length", -1, "time", -2);
            case "frequency" -> Map.of("time", -1);
            default -> Map.of(name, 1);
        };
    }

    private static Map<String, Rational> multipliers() {
        Map<String, Rational> sizes = new HashMap<>();
        Map<String, Long> words = Map.of(
                "dozen", 12L,
                "hundred", 100L,
                "thousand", 1000L,
                "million", 1_000_000L,
                "billion", 1_000_000_000L,
                "trillion", 1_000_000_000_000L);
        words.forEach((word, size) -> {
            sizes.put(word, Rational.of(size));
            sizes.put(word + "s", Rational.of(size));
        });
        return Map.copyOf(sizes);
    }

    private static Rational rational(String text) {
        List<String> parts = List.of(text.split("/", -1));
        BigInteger denominator = parts.size() > 1 ? new BigInteger(parts.get(1)) : BigInteger.ONE;
        return new Rational(new BigInteger(parts.getFirst()), denominator);
    }
}
