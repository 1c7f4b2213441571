package dev.cooper.mathverifier;

import java.util.List;
import java.util.Set;

/** Decides what may stand left of an equals sign so that the right side is the answer. */
final class Labels {
    private static final int LONGEST = 16;
    /** "Total cost" is a label, "We then get x" is prose. */
    private static final int WORDS_IN_A_ROW = 2;

    private static final Set<String> SYMBOLS = Set.of("(", ")", "{", "}", "_", ",", "|", "'", ":", ".");
    private static final Set<String> ARITHMETIC = Set.of("+", "-", "*", "/", "^", "(", ")", "{", "}", "$", "%");
    private static final Set<String> OPERATORS = Set.of(
            "frac", "sqrt", "times", "div", "pm", "mp", "le", "leq", "ge", "geq", "lt", "gt", "ne", "neq", "sum", "int",
            "prod", "cup", "cap", "equiv", "approx");

    private Labels() {}

    /** A name: {@code x}, {@code f(2)}, {@code a_{3}}, {@code (x, y)}, {@code \text{Total}}. */
    static boolean isLabel(List<Token> tokens) {
        boolean letters = false;
        int wordsInARow = 0;
        int rounds = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            rounds += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            letters |= token.isLetters();
            wordsInARow = token.kind() == Token.Kind.WORD ? wordsInARow + 1 : 0;
            boolean fits = wordsInARow <= WORDS_IN_A_ROW
                    && switch (token.kind()) {
                        case WORD, TEXT -> true;
                        case NUMBER -> rounds > 0 || isSubscript(tokens, i);
                        case COMMAND -> !OPERATORS.contains(token.text());
                        case SYMBOL -> SYMBOLS.contains(token.text());
                    };
            if (!fits) {
                return false;
            }
        }
        return tokens.size() <= LONGEST && (letters || tokens.stream().anyMatch(t -> t.kind() == Token.Kind.COMMAND));
    }

    /** A calculation without variables, whose result the right side states: {@code 3 * 6}. */
    static boolean isArithmetic(List<Token> tokens) {
        return !tokens.isEmpty()
                && tokens.stream()
                        .allMatch(token -> token.isNumber()
                                || token.isCommand("times")
                                || token.isCommand("frac")
                                || (token.kind() == Token.Kind.SYMBOL && ARITHMETIC.contains(token.text())));
    }

    private static boolean isSubscript(List<Token> tokens, int i) {
        boolean bare = i >= 1 && tokens.get(i - 1).isSymbol("_");
        boolean braced =
                i >= 2 && tokens.get(i - 1).isSymbol("{") && tokens.get(i - 2).isSymbol("_");
        return bare || braced;
    }
}
