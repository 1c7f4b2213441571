package dev.cooper.mathverifier.syntax;

import java.util.List;
import java.util.Objects;

/**
 * Reads the text of one answer as a tree, in time linear in its length. Immutable and safe for any number of threads.
 */
public final class AnswerParser {
    private static final String TRIMMED = ".,;:?&#~" + Token.LINE_END;

    private final SyntaxBudget budget;

    public AnswerParser(SyntaxBudget budget) {
        this.budget = Objects.requireNonNull(budget, "budget");
    }

    /** What {@code text}, the inside of a box or a reference, says. Never throws, whatever the text. */
    public Reading parse(String text) {
        if (UnicodeSigns.hasLoneSurrogate(text)) {
            // Before the length, as what is too long still equals the same text.
            return new Reading.Unreadable("it holds half of a character");
        }
        if (text.length() > budget.length()) {
            return new Reading.TooLarge("longer than " + budget.length() + " characters");
        }
        try {
            return new Reading.Read(read(text));
        } catch (SyntaxFailure failure) {
            return failure.kind() == SyntaxFailure.Kind.TOO_LARGE
                    ? new Reading.TooLarge(failure.detail())
                    : new Reading.Unreadable(failure.detail());
        }
    }

    private Node read(String text) throws SyntaxFailure {
        List<Token> tokens = trim(Lexer.tokens(text), text);
        if (tokens.isEmpty()) {
            throw SyntaxFailure.unreadable("it is empty");
        }
        tokens = OverFractions.rewritten(Choices.completed(tokens));
        Brackets.readAngles(tokens);
        try {
            return new Grammar(new TokenStream(tokens, budget)).statements.answer();
        } catch (SyntaxFailure failure) {
            if (failure.kind() == SyntaxFailure.Kind.NOT_UNDERSTOOD) {
                // The parser may have taken digits off tokens: the text is lexed again.
                return new Node.Opaque(OpaqueText.of(trim(Lexer.tokens(text), text)));
            }
            throw failure;
        }
    }

    /** Without the punctuation and the emphasis around an answer. */
    private static List<Token> trim(List<Token> tokens, String text) {
        String stripped = text.strip();
        boolean bold = stripped.startsWith("*") || stripped.startsWith("_");
        int begin = 0;
        int end = tokens.size();
        while (begin < end && isTrimmed(tokens.get(begin), bold)) {
            begin++;
        }
        while (end > begin && isTrimmed(tokens.get(end - 1), bold)) {
            end--;
        }
        return tokens.subList(begin, end);
    }

    private static boolean isTrimmed(Token token, boolean bold) {
        return (token.kind() == Token.Kind.SYMBOL && TRIMMED.contains(token.text()))
                || (bold && (token.isSymbol("^") || token.isSymbol("*") || token.isSymbol("_")))
                || token.isCommand("\\square")
                || token.isCommand("\\blacksquare")
                || token.isCommand("\\qed")
                || token.isCommand("\\checkmark");
    }
}
