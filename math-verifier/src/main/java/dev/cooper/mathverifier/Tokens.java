package dev.cooper.mathverifier;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Operations on the tokens of an answer. */
final class Tokens {
    private static final String PUNCTUATION = ".,;:?*`\"'_";

    private Tokens() {}

    /** Without punctuation and emphasis at either end. */
    static List<Token> trim(List<Token> tokens) {
        int begin = 0;
        int end = tokens.size();
        while (begin < end && isPunctuation(tokens.get(begin))) {
            begin++;
        }
        // An ellipsis says that digits or elements are missing; it is no full stop.
        while (end > begin && isPunctuation(tokens.get(end - 1)) && !endsInEllipsis(tokens, begin, end)) {
            end--;
        }
        return tokens.subList(begin, end);
    }

    /** The parts between separators that stand outside all brackets. */
    static List<List<Token>> split(List<Token> tokens, Predicate<Token> separator) {
        List<List<Token>> parts = new ArrayList<>();
        int depth = 0;
        int begin = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.opens() ? 1 : token.closes() ? -1 : 0;
            if (depth == 0 && separator.test(token)) {
                parts.add(tokens.subList(begin, i));
                begin = i + 1;
            }
        }
        parts.add(tokens.subList(begin, tokens.size()));
        return parts;
    }

    static boolean isSeparator(Token token) {
        return token.isSymbol(",") || token.isSymbol(";");
    }

    static boolean isConjunction(Token token) {
        String word = token.text().toLowerCase(Locale.ROOT);
        return token.isLetters() && (word.equals("and") || word.equals("or"));
    }

    /** Whether the first token is a bracket whose partner is the last token. */
    static boolean areBracketed(List<Token> tokens) {
        if (!tokens.getFirst().opens()) {
            return false;
        }
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            depth += tokens.get(i).opens() ? 1 : tokens.get(i).closes() ? -1 : 0;
            if (depth == 0) {
                return i == tokens.size() - 1;
            }
        }
        return false;
    }

    /**
     * A text that is the same for answers that look the same: one space between tokens, no braces around a single
     * token.
     */
    static String canonical(List<Token> tokens) {
        var text = new StringBuilder();
        for (int i = 0; i < tokens.size(); i++) {
            boolean opensSingle = tokens.get(i).isSymbol("{")
                    && i + 2 < tokens.size()
                    && tokens.get(i + 2).isSymbol("}");
            boolean closesSingle =
                    tokens.get(i).isSymbol("}") && i >= 2 && tokens.get(i - 2).isSymbol("{");
            if (!opensSingle && !closesSingle) {
                text.append(text.isEmpty() ? "" : " ");
                text.append(tokens.get(i).kind() == Token.Kind.COMMAND ? "\\" : "");
                text.append(tokens.get(i).text());
            }
        }
        return text.toString();
    }

    private static boolean endsInEllipsis(List<Token> tokens, int begin, int end) {
        return end - begin >= 2
                && tokens.get(end - 1).isSymbol(".")
                && tokens.get(end - 2).isSymbol(".");
    }

    private static boolean isPunctuation(Token token) {
        return token.kind() == Token.Kind.SYMBOL && PUNCTUATION.contains(token.text());
    }
}
