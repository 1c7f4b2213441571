package dev.cooper.mathverifier;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells units and descriptive words behind a number from variables and from words that change its value. Known units
 * have a canonical name, so that {@code 5 cm} and {@code 5 m} are not taken for the same.
 */
final class Units {
    private static final int WORDS = 6;
    private static final int SHORTEST_WORD = 3;
    private static final Map<String, String> KNOWN = known(
            "dollar dollars buck bucks usd $",
            "cent cents \u00a2",
            "euro euros eur \u20ac",
            "pound-sterling gbp \u00a3",
            "yen jpy \u00a5",
            "rupee rupees \u20b9",
            "yuan",
            "m meter meters metre metres",
            "cm centimeter centimeters",
            "mm millimeter millimeters",
            "km kilometer kilometers kilometre kilometres",
            "in inch inches",
            "ft foot feet",
            "yd yard yards",
            "mi mile miles",
            "g gram grams",
            "kg kilogram kilograms kilo kilos",
            "mg milligram milligrams",
            "lb lbs pound pounds",
            "oz ounce ounces",
            "ton tons",
            "l liter liters litre litres",
            "ml milliliter milliliters",
            "gal gallon gallons",
            "s sec secs second seconds",
            "min mins minute minutes",
            "h hr hrs hour hours",
            "day days",
            "week weeks",
            "month months",
            "year years",
            "degree degrees deg \u00b0",
            "radian radians rad",
            "mph",
            "kph",
            "sq square",
            "cu cubic");
    private static final Set<String> CURRENCIES = Set.of("$", "\u20ac", "\u00a3", "\u00a5", "\u20b9", "\u00a2");
    private static final Set<String> FILLERS = Set.of("a", "an", "of", "the", "in", "each", "per", "to");
    /** Words that change the value, negate it or begin an expression: never dropped. */
    private static final Set<String> MEANINGFUL =
            words("e i d pi sin cos tan cot csc log ln exp sqrt mod arcsin arccos arctan max lim hundred "
                    + "hundreds thousand thousands million millions billion billions trillion dozen dozens "
                    + "pair pairs squared cubed factorial choose half halves third thirds fourths quarter "
                    + "quarters fifths tenths hundredths plus minus times over divided by not negative point "
                    + "base remainder than less more between but if when because root");

    private Units() {}

    static boolean isCurrency(Token token) {
        return token.kind() == Token.Kind.SYMBOL && CURRENCIES.contains(token.text());
    }

    /** Whether a bare word is mathematics and not prose. */
    static boolean isFunction(String word) {
        return MEANINGFUL.contains(word) && !word.equals("i") && !word.equals("e") && !word.equals("d");
    }

    /**
     * The canonical name of the unit that {@code tokens} spell: empty text for words that are no known unit (or no
     * tokens at all), nothing if they cannot be dropped without changing what the number says.
     */
    static Optional<String> canonical(List<Token> tokens) {
        var canonical = new StringBuilder();
        boolean known = true;
        int words = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (isPower(tokens, i)) {
                canonical.append(token.text());
            } else if (isDegree(tokens, i)) {
                canonical.append("degree");
                i = degreeEnd(tokens, i);
            } else if (token.isSymbol("/") && i + 1 < tokens.size() && isKnown(tokens.get(i + 1))) {
                canonical.append('/');
            } else if (mayBeDropped(tokens, i) && words < WORDS) {
                words++;
                known &= isKnown(token);
                canonical.append(KNOWN.getOrDefault(lower(token), ""));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(known ? canonical.toString() : "");
    }

    private static boolean mayBeDropped(List<Token> tokens, int index) {
        Token token = tokens.get(index);
        if (isCurrency(token)) {
            return true;
        }
        String word = lower(token);
        if (!token.isLetters() || MEANINGFUL.contains(word)) {
            return false;
        }
        if (token.kind() == Token.Kind.TEXT) {
            return true;
        }
        boolean filler = FILLERS.contains(word) && index > 0 && index < tokens.size() - 1;
        // A bare single letter is more often a variable than a unit, unless it stands below a fraction bar: km/h.
        boolean below = index > 0 && tokens.get(index - 1).isSymbol("/");
        boolean known = isKnown(token) && (word.length() > 1 || (below && index > 1));
        return filler || known || (token.spaced() && word.length() >= SHORTEST_WORD);
    }

    private static boolean isKnown(Token token) {
        return (token.isLetters() || isCurrency(token)) && KNOWN.containsKey(lower(token));
    }

    /** The 2 of {@code cm^2}, its caret and its braces. */
    private static boolean isPower(List<Token> tokens, int i) {
        Token token = tokens.get(i);
        if (i == 0) {
            return false;
        }
        Token before = tokens.get(i - 1);
        boolean behindLetters = before.isLetters();
        if (token.isSymbol("\u00b2") || token.isSymbol("\u00b3")) {
            return behindLetters;
        }
        if (token.isSymbol("^")) {
            return behindLetters && i + 1 < tokens.size() && !isDegree(tokens, i);
        }
        boolean small = token.text().equals("2") || token.text().equals("3");
        boolean brace = token.isSymbol("{") && before.isSymbol("^");
        boolean closing = token.isSymbol("}") && before.isNumber();
        return (token.isNumber() && small && (before.isSymbol("^") || before.isSymbol("{"))) || brace || closing;
    }

    private static boolean isDegree(List<Token> tokens, int i) {
        return tokens.get(i).isSymbol("\u00b0") || degreeEnd(tokens, i) > i;
    }

    /** The last index of {@code ^\circ} or {@code ^{\circ}} that begins at {@code i}, else {@code i}. */
    private static int degreeEnd(List<Token> tokens, int i) {
        if (!tokens.get(i).isSymbol("^") || i + 1 >= tokens.size()) {
            return i;
        }
        if (tokens.get(i + 1).isCommand("circ")) {
            return i + 1;
        }
        boolean braced = i + 3 < tokens.size()
                && tokens.get(i + 1).isSymbol("{")
                && tokens.get(i + 2).isCommand("circ")
                && tokens.get(i + 3).isSymbol("}");
        return braced ? i + 3 : i;
    }

    static boolean beginsDegree(List<Token> tokens, int i) {
        return degreeEnd(tokens, i) > i;
    }

    private static String lower(Token token) {
        return token.text().toLowerCase(Locale.ROOT);
    }

    /** Each line names a unit by its first word; symbols and further words mean the same. */
    private static Map<String, String> known(String... lines) {
        Map<String, String> names = new HashMap<>();
        for (String line : lines) {
            List<String> words = List.of(line.split(" ", -1));
            words.forEach(word -> names.put(word, words.getFirst()));
        }
        return Map.copyOf(names);
    }

    private static Set<String> words(String text) {
        return Set.of(text.split(" ", -1));
    }
}
