package dev.cooper.mathverifier.syntax;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names that stand for more than the product of their letters. */
final class Vocabulary {
    /** Greek letters by name, but for pi. */
    static final String GREEK = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron rho "
            + "sigma tau upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega";

    private static final Map<String, Function> FUNCTIONS = functions();
    /** Functions that may be glued to the one letter of their argument: {@code sinx}. */
    private static final String[] GLUED = {
        "arcsin", "arccos", "arctan", "sqrt", "sin", "cos", "tan", "cot", "sec", "csc", "log", "ln"
    };

    private static final Set<String> NOT_GLUED =
            words("cost costs tank tang sing sins logs sect cots coss sine tans cosy");
    private static final Set<String> NAMES = words("pi sqrt cbrt infinity inf oo mod or and " + GREEK);
    private static final Set<String> SHORT_WORDS =
            words("no ok is if of to at an by so we it be on as am pm in do he up us or");
    private static final Set<String> MATH_WORDS = words("odd even yes no true false none neither both undefined dne or "
            + "and if all any prime where for percent pct positive negative zero infinite infinitely always never "
            + "never sometimes increasing decreasing parabola circle ellipse hyperbola line point converges diverges");

    private Vocabulary() {}

    /** The function of a name as written, or null. */
    static @Nullable Function function(String name) {
        return FUNCTIONS.get(name);
    }

    static Set<String> functionNames() {
        return FUNCTIONS.keySet();
    }

    /** Whether the letters are a name in plain text and in mathematics alike. */
    static boolean isName(String letters) {
        return NAMES.contains(letters) || FUNCTIONS.containsKey(letters);
    }

    static boolean isGreek(String name) {
        return name.length() > 1 && (" " + GREEK + " ").contains(" " + name + " ");
    }

    /** The function that the letters begin with if one letter or a Greek name is left over, or null. */
    static @Nullable String gluedFunction(String letters) {
        if (letters.length() < 3 || NOT_GLUED.contains(letters)) {
            return null;
        }
        for (String name : GLUED) {
            if (letters.startsWith(name)) {
                String rest = letters.substring(name.length());
                if (rest.length() == 1 || rest.equals("pi") || isGreek(rest)) {
                    return name;
                }
            }
        }
        return null;
    }

    /** Whether letters in mathematics are a word all the same. */
    static boolean isWordInMath(String letters) {
        if (isUpperCase(letters)) {
            return letters.length() > 4 || letters.equals("DNE");
        }
        return MATH_WORDS.contains(letters.toLowerCase(Locale.ROOT))
                || letters.length() > 4
                || (letters.length() == 4 && (isCapitalised(letters) || isPronounced(letters)));
    }

    /** Whether letters in plain text are a word of prose and no product. */
    static boolean isWordInProse(String letters, boolean besideOperator) {
        if (letters.length() < 3) {
            return (isUpperCase(letters) && isRoman(letters))
                    || (!besideOperator && SHORT_WORDS.contains(letters.toLowerCase(Locale.ROOT)));
        }
        if (isUpperCase(letters)) {
            return letters.length() > 4 || letters.equals("DNE") || isRoman(letters);
        }
        if (isAscending(letters)) {
            return false;
        }
        return letters.length() > 3 || isCapitalised(letters) || !besideOperator;
    }

    /** Four letters with a vowel inside, not in the order of the alphabet. */
    private static boolean isPronounced(String letters) {
        boolean vowel = "aeiou".indexOf(letters.charAt(1)) >= 0 || "aeiou".indexOf(letters.charAt(2)) >= 0;
        boolean ordered = true;
        for (int i = 1; i < letters.length(); i++) {
            ordered &= letters.charAt(i) > letters.charAt(i - 1);
        }
        return vowel && !ordered && letters.chars().allMatch(Character::isLowerCase);
    }

    private static boolean isCapitalised(String letters) {
        return Character.isUpperCase(letters.charAt(0))
                && letters.chars().skip(1).allMatch(Character::isLowerCase);
    }

    private static boolean isRoman(String letters) {
        return letters.chars().allMatch(c -> c == 'I' || c == 'V' || c == 'X');
    }

    private static boolean isUpperCase(String letters) {
        return letters.chars().allMatch(Character::isUpperCase);
    }

    /** As the letters of a product are usually written: abc, xyz. */
    private static boolean isAscending(String letters) {
        for (int i = 1; i < letters.length(); i++) {
            if (letters.charAt(i) != letters.charAt(i - 1) + 1) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, Function> functions() {
        Map<String, Function> functions = new HashMap<>();
        String names =
                "sin SIN;cos COS;tan TAN;tg TAN;cot COT;ctg COT;sec SEC;csc CSC;cosec CSC;arcsin ARCSIN;asin ARCSIN;"
                        + "arccos ARCCOS;acos ARCCOS;arctan ARCTAN;arctg ARCTAN;atan ARCTAN;arccot ARCCOT;arcctg ARCCOT;arcsec ARCSEC;"
                        + "arccsc ARCCSC;sinh SINH;cosh COSH;tanh TANH;coth COTH;arcsinh ARCSINH;arsinh ARCSINH;asinh ARCSINH;"
                        + "arccosh ARCCOSH;arcosh ARCCOSH;acosh ARCCOSH;arctanh ARCTANH;artanh ARCTANH;atanh ARCTANH;exp EXP;"
                        + "ln LN;log LOG;lg LOG;abs ABS;floor FLOOR;ceil CEILING;ceiling CEILING;round ROUND;sgn SIGN;sign SIGN;"
                        + "Re RE;Im IM;arg ARG;conj CONJUGATE;gcd GCD;lcm LCM;min MIN;max MAX;det DETERMINANT";
        for (String entry : names.split(";", -1)) {
            int space = entry.indexOf(' ');
            functions.put(entry.substring(0, space), Function.valueOf(entry.substring(space + 1)));
        }
        return Map.copyOf(functions);
    }

    static Set<String> words(String text) {
        return Set.of(Arrays.stream(text.split(" ", -1)).distinct().toArray(String[]::new));
    }
}
