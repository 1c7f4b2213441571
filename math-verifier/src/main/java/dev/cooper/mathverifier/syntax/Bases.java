package dev.cooper.mathverifier.syntax;

import dev.cooper.mathverifier.syntax.Node.InBase;
import dev.cooper.mathverifier.syntax.Token.Gap;
import dev.cooper.mathverifier.syntax.Token.Kind;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers with their base below them: {@code 204_5}, {@code 204_{\text{five}}}, "204 base 5". */
final class Bases {
    private static final int MOST_TOKENS = 16;
    private static final int LARGEST = 36;
    private static final int TEN = 10;
    private static final List<String> WORDS = List.of(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
                    .split(" ", -1));

    private final TokenStream in;

    Bases(Grammar grammar) {
        in = grammar.in;
    }

    /** The number in a base that is next, taken; null if the next number has none. */
    @Nullable
    Node number() throws SyntaxFailure {
        int end = in.position() + 1;
        while (end - in.position() < MOST_TOKENS && continuesDigits(in.at(end))) {
            end++;
        }
        boolean subscript = in.at(end).isSymbol("_");
        int base = subscript ? baseBelow(end + 1) : baseInWords(end);
        if (base == 0) {
            if (subscript) {
                throw in.notUnderstood();
            }
            return null;
        }
        String digits = digits(end);
        int after = subscript ? scriptEnd(end + 1) : wordsEnd(end);
        boolean letters = digits.chars().anyMatch(Character::isLetter);
        boolean written = base >= 2 && base <= LARGEST && isWritten(digits, base);
        if (letters && (!written || in.at(after).isSymbol("^"))) {
            // 1C_{12}^2 is a combination.
            return null;
        }
        if (!written) {
            throw in.notUnderstood();
        }
        in.moveTo(after);
        return new InBase(digits, base);
    }

    private static boolean continuesDigits(Token token) {
        boolean letter = token.kind() == Kind.LETTER
                && token.text().length() == 1
                && token.text().charAt(0) >= 'A'
                && token.text().charAt(0) <= 'Z';
        return token.gap() == Gap.NONE
                && (letter
                        || token.kind() == Kind.NUMBER
                        || token.is(Kind.TEXT, token.text().toUpperCase(Locale.ROOT)));
    }

    private String digits(int end) {
        var digits = new StringBuilder();
        for (int i = in.position(); i < end; i++) {
            digits.append(in.at(i).text());
        }
        return digits.toString();
    }

    private static boolean isWritten(String digits, int base) {
        return digits.chars().allMatch(c -> {
            int digit = Character.digit(c, LARGEST);
            return digit >= 0 && digit < base;
        });
    }

    /** The base in the subscript at {@code index}; 0 if it is none. */
    private int baseBelow(int index) {
        int at = index;
        while (in.at(at).isOpen("{") || in.at(at).isOpen("(") || in.at(at).isWord("base")) {
            at++;
        }
        return value(in.at(at));
    }

    private int scriptEnd(int index) {
        return in.at(index).kind() == Kind.OPEN ? in.closing(index) + 1 : index + 1;
    }

    /** "base 5", "in base 5", "(base 5)" behind a number; 0 if there is nothing of the kind. */
    private int baseInWords(int index) {
        int at = in.at(index).isOpen("(") ? index + 1 : index;
        at += in.at(at).isWord("in") ? 1 : 0;
        return in.at(at).isWord("base") ? value(in.at(at + 1)) : 0;
    }

    private int wordsEnd(int index) {
        int at = in.at(index).isOpen("(") ? in.closing(index) - 2 : in.at(index).isWord("in") ? index + 1 : index;
        return in.at(index).isOpen("(") ? at + 3 : at + 2;
    }

    private static int value(Token token) {
        if (token.kind() == Kind.NUMBER) {
            boolean small = token.text().length() <= 2 && token.text().chars().allMatch(Character::isDigit);
            return small ? Integer.parseInt(token.text()) : 0;
        }
        if (!token.isWord()) {
            return 0;
        }
        String word = token.text().toLowerCase(Locale.ROOT);
        return Math.max(0, word.equals("decimal") ? TEN : WORDS.indexOf(word));
    }
}
