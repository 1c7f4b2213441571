package dev.cooper.mathverifier.extraction;

import java.util.Locale;
import java.util.Set;

/** What the words around a number say of it, words being what spaces separate. */
final class Words {
    private static final Set<String> VERBS =
            Set.of("has", "have", "is", "are", "does", "do", "did", "can", "was", "were");
    private static final Set<String> DENIALS = Set.of("no", "never", "nowhere", "impossible", "false", "undefined");
    private static final String OPERATORS = "+/^=%!\u00d7\u00f7\u2212\u00b7\u00b1<>\u2264\u2265\u2248";
    /** Operators only if they stand alone; attached to a word they are punctuation or markup. */
    private static final Set<String> LONE_OPERATORS = Set.of("-", "*", ":", "<", ">", "<=", ">=", "\\times", "\\cdot");

    private static final Set<String> SCALES =
            Set.of("hundred", "thousand", "million", "billion", "trillion", "dozen", "percent", "pct", "percentage");
    private static final Set<String> UNITS =
            Set.of(("mm cm m km ft yd mi mg g kg t ml l s min h hr hrs mph kph km/h m/s cm^2 m^2 km^2 cm^3 m^3 cm\u00b2"
                            + " m\u00b2 km\u00b2 cm\u00b3 m\u00b3 millimeters centimeters meters kilometers millimetres"
                            + " centimetres metres kilometres meter metre centimeter kilometer inches inch feet foot"
                            + " yards yard miles mile grams gram kilograms kilogram tons pounds ounces liters litres"
                            + " milliliters seconds second minutes minute hours hour days day weeks week months years"
                            + " year degrees degree dollars dollar $ \u20ac cents cent euros")
                    .split(" ", -1));
    /** What numbers a step or a place, not an answer. */
    private static final Set<String> LABELS = Set.of(
            "step",
            "steps",
            "case",
            "cases",
            "equation",
            "eq",
            "eq.",
            "part",
            "line",
            "figure",
            "method",
            "problem",
            "question",
            "example",
            "lemma",
            "theorem",
            "page",
            "section",
            "note",
            "approach",
            "solution",
            "answer");

    private static final Set<String> CONDITIONS = Set.of(
            "at", "when", "if", "for", "with", "since", "let", "given", "where", "as", "because", "from", "by", "using",
            "in");

    private static final char INFINITY = '\u221e';
    private static final int LONGEST_LABEL = 8;
    private static final int LONGEST_UNIT = 12;

    private Words() {}

    static boolean isOperator(String word) {
        boolean tag = word.length() > 2 && word.startsWith("<") && word.endsWith(">");
        return !tag && (LONE_OPERATORS.contains(word) || OPERATORS.indexOf(word.charAt(0)) >= 0);
    }

    static boolean isConjunction(String word) {
        return word.equalsIgnoreCase("and") || word.equalsIgnoreCase("or");
    }

    static boolean isLabel(String word) {
        return word.length() <= LONGEST_LABEL && LABELS.contains(word.toLowerCase(Locale.ROOT));
    }

    /** "not 5" states no answer. */
    static boolean isDenial(String word) {
        return word.equalsIgnoreCase("not") || word.endsWith("n't") || word.endsWith("n\u2019t");
    }

    /** "has no", "does not", "cannot" behind a statement: what follows is said of it. */
    static boolean denies(String verb, String next) {
        return isDenial(verb)
                || verb.equalsIgnoreCase("cannot")
                || verb.equalsIgnoreCase("never")
                || (VERBS.contains(verb.toLowerCase(Locale.ROOT)) && (isDenial(next) || DENIALS.contains(next)));
    }

    /** What begins a condition: "at x = 3, f(3) = 9" states one value. */
    static boolean isCondition(String word) {
        return word.length() <= LONGEST_LABEL && CONDITIONS.contains(word.toLowerCase(Locale.ROOT));
    }

    /** A unit that is no other word, behind an answer that does not hold it. */
    static boolean isPlainUnit(String word) {
        return word.length() > 1 && word.length() <= LONGEST_UNIT && UNITS.contains(word);
    }

    /** A unit or a scale, perhaps with a stop behind it. */
    static boolean isUnit(String word) {
        String bare = Cleaning.trim(word).toLowerCase(Locale.ROOT);
        return UNITS.contains(bare) || SCALES.contains(bare);
    }

    /** Whether the word and what follows it are one expression or list. */
    static boolean belongsBefore(String word, String next) {
        if (word.endsWith("=")) {
            return false;
        }
        char last = word.charAt(word.length() - 1);
        boolean continues = OPERATORS.indexOf(last) >= 0 || LONE_OPERATORS.contains(word) || last == '{' || last == '}';
        boolean listed = last == ',' && word.chars().anyMatch(c -> Texts.isDigit((char) c));
        boolean operand = isOperator(next) && !next.startsWith("=") && !isProse(word);
        return continues || listed || operand || Texts.isDigit(last);
    }

    /** Whether the word goes on with the expression that ends in {@code previous}. */
    static boolean belongsAfter(String word, String previous) {
        if (previous.endsWith(",") || previous.endsWith(";")) {
            return word.chars().anyMatch(c -> Texts.isDigit((char) c) || c == INFINITY);
        }
        boolean variable = word.length() == 1 && Character.isLowerCase(word.charAt(0)) && !word.equals("a");
        return isOperator(word)
                || (isOperator(previous) && !isProse(word))
                || variable
                || word.startsWith("\\")
                || word.startsWith("{");
    }

    /** Two letters or more in a row, outside of a command. */
    static boolean isProse(String word) {
        int letters = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == '\\') {
                i = Texts.commandEnd(word, i + 1, word.length()) - 1;
            }
            letters = c != '\\' && Texts.isLetter(c) ? letters + 1 : 0;
            if (letters > 1) {
                return true;
            }
        }
        return false;
    }
}
