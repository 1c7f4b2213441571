package dev.cooper.mathverifier.metamorphic;

import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Pattern;

/**
 * The value of a scalar in the LaTeX of reference answers, in double precision at one point. Written apart from the
 * verifier's parser and algebra, to judge both; what it does not know has no value here.
 */
final class PlainEvaluator {
    private static final Map<String, DoubleUnaryOperator> FUNCTIONS = Map.ofEntries(
            Map.entry("sin", Math::sin),
            Map.entry("cos", Math::cos),
            Map.entry("tan", Math::tan),
            Map.entry("cot", x -> 1 / Math.tan(x)),
            Map.entry("sec", x -> 1 / Math.cos(x)),
            Map.entry("csc", x -> 1 / Math.sin(x)),
            Map.entry("arcsin", Math::asin),
            Map.entry("arccos", Math::acos),
            Map.entry("arctan", Math::atan),
            Map.entry("ln", Math::log));
    private static final Pattern LITERAL_FRACTION = Pattern.compile("\\\\frac(\\{\\d+\\}\\{\\d+\\}|\\d\\d)(?![\\d^])");
    private static final String GREEK = " alpha beta gamma delta theta lambda mu sigma phi omega ";

    private final String text;
    private final int point;
    private int at;

    private PlainEvaluator(String text, int point) {
        this.text = text;
        this.point = point;
    }

    /** The value with every variable at its {@code point}-th value (about 0.6 to 2.7); empty if not understood. */
    static Optional<ComplexNumber> valueOf(String latex, int point) {
        var evaluator = new PlainEvaluator(AnswerText.plain(latex), point);
        try {
            ComplexNumber value = evaluator.sum();
            return evaluator.at == evaluator.text.length() && value.isFinite() ? Optional.of(value) : Optional.empty();
        } catch (NotUnderstoodException _) {
            return Optional.empty();
        }
    }

    private ComplexNumber sum() {
        ComplexNumber value = accept("-") ? product().negated() : product();
        while (true) {
            if (accept("+")) {
                value = value.plus(product());
            } else if (accept("-")) {
                value = value.plus(product().negated());
            } else {
                return value;
            }
        }
    }

    private ComplexNumber product() {
        accept("+");
        ComplexNumber value = accept("-") ? power().negated() : power();
        while (true) {
            if (accept("\\cdot") || accept("\\times") || accept("*")) {
                value = value.times(accept("-") ? power().negated() : power());
            } else if (accept("/") || accept("\\div")) {
                value = value.over(power());
            } else if (startsFactor()) {
                value = value.times(power());
            } else {
                return value;
            }
        }
    }

    private boolean startsFactor() {
        char c = peek();
        return Character.isLetterOrDigit(c) || c == '(' || c == '{' || (c == '\\' && !startsSign());
    }

    private boolean startsSign() {
        return text.startsWith("\\rfloor", at) || text.startsWith("\\rceil", at) || text.startsWith("\\%", at);
    }

    private ComplexNumber power() {
        ComplexNumber value = atom();
        while (accept("!")) {
            value = ComplexNumber.of(factorial(value));
        }
        if (accept("^\\circ") || accept("^{\\circ}")) {
            return value.times(ComplexNumber.of(Math.PI / 180));
        }
        return accept("^") ? value.power(argument()) : value;
    }

    private static double factorial(ComplexNumber value) {
        if (value.im() != 0 || value.re() < 0 || value.re() > 170 || value.re() != Math.rint(value.re())) {
            throw new NotUnderstoodException();
        }
        double product = 1;
        for (int i = 2; i <= value.re(); i++) {
            product *= i;
        }
        return product;
    }

    /** One braced group, digit, letter or command, as LaTeX takes arguments. */
    private ComplexNumber argument() {
        if (Character.isDigit(peek())) {
            return ComplexNumber.of(text.charAt(at++) - '0');
        }
        return atom();
    }

    private ComplexNumber atom() {
        char c = peek();
        if (Character.isDigit(c) || c == '.') {
            return number();
        }
        if (accept("(")) {
            return closed(")");
        }
        if (accept("{")) {
            return closed("}");
        }
        if (c == '\\') {
            return command();
        }
        if (Character.isLetter(c) && c < 128) {
            at++;
            return letter(String.valueOf(c));
        }
        throw new NotUnderstoodException();
    }

    private ComplexNumber closed(String end) {
        ComplexNumber value = sum();
        if (!accept(end)) {
            throw new NotUnderstoodException();
        }
        return value;
    }

    private ComplexNumber number() {
        int begin = at;
        while (Character.isDigit(peek()) || peek() == '.') {
            at++;
        }
        try {
            ComplexNumber value = ComplexNumber.of(Double.parseDouble(text.substring(begin, at)));
            // A mixed number: digits, then a literal fraction.
            boolean mixed =
                    LITERAL_FRACTION.matcher(text).region(at, text.length()).lookingAt();
            return mixed ? value.plus(atom()) : value;
        } catch (NumberFormatException _) {
            throw new NotUnderstoodException();
        }
    }

    private ComplexNumber letter(String name) {
        if (peek() == '_') {
            throw new NotUnderstoodException();
        }
        return switch (name) {
            case "e" -> ComplexNumber.of(Math.E);
            case "i" -> ComplexNumber.I;
            default -> ComplexNumber.of(0.6 + Math.floorMod(name.hashCode() * 37L + point * 59L, 211) / 100.0);
        };
    }

    private ComplexNumber command() {
        int begin = ++at;
        while (Character.isLetter(peek())) {
            at++;
        }
        String name = text.substring(begin, at);
        if (FUNCTIONS.containsKey(name)) {
            return applied(FUNCTIONS.get(name));
        }
        if (GREEK.contains(" " + name + " ")) {
            return letter(name);
        }
        return switch (name) {
            case "pi" -> ComplexNumber.of(Math.PI);
            case "frac" -> argument().over(argument());
            case "sqrt" -> root();
            case "log" -> logarithm();
            case "binom" -> binomial();
            case "lfloor" -> ComplexNumber.of(Math.floor(real(closed("\\rfloor"))));
            case "lceil" -> ComplexNumber.of(Math.ceil(real(closed("\\rceil"))));
            default -> throw new NotUnderstoodException();
        };
    }

    private ComplexNumber root() {
        ComplexNumber index = accept("[") ? closed("]") : ComplexNumber.of(2);
        return argument().root(index);
    }

    private ComplexNumber binomial() {
        double n = real(argument());
        double k = real(argument());
        return ComplexNumber.of(
                factorial(ComplexNumber.of(n)) / factorial(ComplexNumber.of(k)) / factorial(ComplexNumber.of(n - k)));
    }

    private ComplexNumber logarithm() {
        ComplexNumber base = accept("_") ? argument() : ComplexNumber.of(10);
        return ComplexNumber.of(Math.log(real(power())) / Math.log(real(base)));
    }

    private ComplexNumber applied(DoubleUnaryOperator function) {
        ComplexNumber exponent = accept("^") ? argument() : ComplexNumber.of(1);
        if (exponent.re() < 0) {
            throw new NotUnderstoodException();
        }
        ComplexNumber operand = power();
        while (peek() != '(' && startsFactor() && peek() != '\\') {
            operand = operand.times(power());
        }
        return ComplexNumber.of(function.applyAsDouble(real(operand))).power(exponent);
    }

    private static double real(ComplexNumber value) {
        if (value.im() != 0) {
            throw new NotUnderstoodException();
        }
        return value.re();
    }

    private boolean accept(String expected) {
        skipSpaces();
        if (!text.startsWith(expected, at)) {
            return false;
        }
        at += expected.length();
        skipSpaces();
        return true;
    }

    private void skipSpaces() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private static final class NotUnderstoodException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
