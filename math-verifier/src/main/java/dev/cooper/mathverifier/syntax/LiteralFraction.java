package dev.cooper.mathverifier.syntax;

import dev.cooper.mathverifier.numeric.Rational;
import dev.cooper.mathverifier.syntax.Token.Kind;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Recognises the fraction of a mixed number: two plain integers, the first below the second. */
final class LiteralFraction {
    private static final int MOST_DIGITS = 12;

    private LiteralFraction() {}

    /** Takes the {@code \frac} that is next if it is one; otherwise null, and nothing is taken. */
    static @Nullable Rational afterWhole(TokenStream in, Grammar grammar) {
        int at = in.position() + 1;
        Token first = in.at(at);
        if (first.kind() == Kind.NUMBER
                && first.text().length() == 2
                && !grammar.operands.isMoreOfNumber(in.at(at + 1))) {
            return take(in, proper(first.text().substring(0, 1), first.text().substring(1)), at + 1);
        }
        int second = argumentEnd(in, at);
        int end = second < 0 ? -1 : argumentEnd(in, second);
        if (end < 0) {
            return null;
        }
        return take(in, proper(digits(in, at), digits(in, second)), end);
    }

    private static @Nullable Rational take(TokenStream in, @Nullable Rational fraction, int end) {
        if (fraction == null || in.at(end).isSymbol("^")) {
            return null;
        }
        in.moveTo(end);
        return fraction;
    }

    private static int argumentEnd(TokenStream in, int at) {
        if (in.at(at).kind() == Kind.NUMBER && in.at(at).text().length() == 1) {
            return at + 1;
        }
        boolean braced = in.at(at).isOpen("{")
                && in.at(at + 1).kind() == Kind.NUMBER
                && in.at(at + 2).kind() == Kind.CLOSE;
        return braced ? at + 3 : -1;
    }

    private static String digits(TokenStream in, int at) {
        return in.at(at).kind() == Kind.NUMBER
                ? in.at(at).text()
                : in.at(at + 1).text();
    }

    static @Nullable Rational proper(String numerator, String denominator) {
        if (!isInteger(numerator) || !isInteger(denominator)) {
            return null;
        }
        var above = new BigInteger(numerator);
        var below = new BigInteger(denominator);
        return above.signum() > 0 && above.compareTo(below) < 0 ? new Rational(above, below) : null;
    }

    private static boolean isInteger(String text) {
        return text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
