package dev.cooper.mathverifier.syntax;

import java.util.List;
import java.util.Locale;

/** The text of tokens without spaces that mean nothing, for what is not understood. */
final class OpaqueText {
    private OpaqueText() {}

    static String of(List<Token> tokens) {
        var text = new StringBuilder();
        boolean word = false;
        for (Token token : tokens) {
            boolean letters = token.isWord() || token.kind() == Token.Kind.NUMBER || token.kind() == Token.Kind.COMMAND;
            if (word && (letters || token.kind() == Token.Kind.LETTER)) {
                text.append(' ');
            }
            text.append(token.isWord() ? token.text().toLowerCase(Locale.ROOT) : token.text());
            word = letters;
        }
        return text.toString();
    }
}
