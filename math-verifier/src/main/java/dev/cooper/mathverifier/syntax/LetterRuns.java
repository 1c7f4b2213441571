package dev.cooper.mathverifier.syntax;

import dev.cooper.mathverifier.syntax.Token.Gap;
import dev.cooper.mathverifier.syntax.Token.Kind;
import java.util.List;

/** Divides letters that stand together into names, words, units and single letters. */
final class LetterRuns {
    private LetterRuns() {}

    /**
     * Appends the tokens of {@code letters}.
     *
     * @param plain whether they stand outside of mathematics
     * @param besideOperator whether what touches them tells that they are mathematics even there
     */
    static void append(String letters, boolean plain, boolean besideOperator, Gap gap, List<Token> tokens) {
        if (letters.length() == 1) {
            tokens.add(new Token(Kind.LETTER, UnicodeSigns.text(letters.charAt(0)), gap, plain));
            return;
        }
        boolean whole = Vocabulary.isName(letters)
                || Units.isKnownWord(letters)
                || (plain ? Vocabulary.isWordInProse(letters, besideOperator) : Vocabulary.isWordInMath(letters));
        String function = whole && !(plain && besideOperator) ? null : Vocabulary.gluedFunction(letters);
        int word = whole ? letters.length() : connectorLength(letters);
        if (function != null && !Vocabulary.isName(letters)) {
            tokens.add(new Token(Kind.WORD, function, gap, plain));
            append(letters.substring(function.length()), plain, besideOperator, Gap.NONE, tokens);
        } else if (word > 0) {
            tokens.add(new Token(Kind.WORD, letters.substring(0, word), gap, plain));
            if (word < letters.length()) {
                append(letters.substring(word), plain, besideOperator, Gap.NONE, tokens);
            }
        } else {
            for (int i = 0; i < letters.length(); i++) {
                tokens.add(
                        new Token(Kind.LETTER, UnicodeSigns.text(letters.charAt(i)), i == 0 ? gap : Gap.NONE, plain));
            }
        }
    }

    /** {@code orW}: "or" before a capital. */
    private static int connectorLength(String letters) {
        String word = letters.startsWith("or") ? "or" : letters.startsWith("and") ? "and" : "";
        boolean capital = letters.length() == word.length() + 1 && Character.isUpperCase(letters.charAt(word.length()));
        return capital ? word.length() : 0;
    }
}
