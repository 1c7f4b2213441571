package dev.cooper.mathverifier.syntax;

import java.util.Locale;
import java.util.Set;

/** The words and signs that are known to be units. What they mean, the comparison knows. */
final class Units {
    private static final Set<String> WORDS =
            Vocabulary.words("st nd rd th cm mm km dm nm kg mg ml mL kL dl cL ft yd yds mi oz lb lbs mph kph kmh "
                    + "hr hrs min mins sec secs gal usd USD eur EUR gbp rad rads deg kW kWh Hz kHz mol Pa kPa atm meter meters metre metres "
                    + "centimeter centimeters centimetre centimetres millimeter millimeters kilometer kilometers kilometre kilometres "
                    + "inch inches foot feet yard yards mile miles gram grams kilogram kilograms milligram milligrams pound pounds ounce "
                    + "ounces ton tons liter liters litre litres milliliter milliliters gallon gallons second seconds minute minutes hour "
                    + "hours day days week weeks month months year years degree degrees radian radians dollar dollars cent cents euro "
                    + "euros yuan rupee rupees yen percent pct percentage unit units square cubic acre acres hectare hectares quart "
                    + "quarts pint pints cup cups knot knots joule joules newton newtons watt watts volt volts");
    private static final String CURRENCIES = "$\u20ac\u00a3\u00a5\u20b9\u00a2";
    private static final String LETTERS = "mgshlL";
    private static final Set<String> PERCENT = Set.of("percent", "pct", "percentage", "percents");
    private static final Set<String> DEGREES = Set.of("degree", "degrees", "deg");
    /** Words that change the value of the number before them, or make it part of a statement. */
    private static final Set<String> STATEMENTS =
            Vocabulary.words("more less fewer than times squared cubed plus minus factorial "
                    + "is are was if when then because not but between over divided half halves remainder mod modulo equals least most by "
                    + "greater smaller larger only base power root to from through until");

    private Units() {}

    static boolean isKnownWord(String word) {
        return WORDS.contains(word) || (word.length() > 4 && WORDS.contains(word.toLowerCase(Locale.ROOT)));
    }

    static boolean isCurrency(String sign) {
        return sign.length() == 1 && CURRENCIES.contains(sign);
    }

    static boolean isLetter(String letter) {
        return letter.length() == 1 && LETTERS.contains(letter);
    }

    static boolean isOrdinal(String word) {
        return word.equals("st") || word.equals("nd") || word.equals("rd") || word.equals("th");
    }

    static boolean isPercent(String word) {
        return PERCENT.contains(word.toLowerCase(Locale.ROOT));
    }

    static boolean isDegrees(String word) {
        return DEGREES.contains(word.toLowerCase(Locale.ROOT));
    }

    static boolean isStatement(String word) {
        return STATEMENTS.contains(word.toLowerCase(Locale.ROOT));
    }

    /** The number that a word such as "million" multiplies with; 0 if it is none. */
    static long multiplier(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "dozen" -> 12;
            case "hundred" -> 100;
            case "thousand" -> 1_000;
            case "million" -> 1_000_000;
            case "billion" -> 1_000_000_000;
            case "trillion" -> 1_000_000_000_000L;
            default -> 0;
        };
    }
}
