package dev.cooper.mathverifier.syntax;

import dev.cooper.mathverifier.syntax.Node.Choice;
import dev.cooper.mathverifier.syntax.Node.Option;
import dev.cooper.mathverifier.syntax.Token.Gap;
import dev.cooper.mathverifier.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Options of multiple choice: {@code (A)}, {@code \text{A}}, "A)", "(A) 12", "a. 3". */
final class Choices {
    private static final String LETTERS = "ABCDEFGH";
    private static final String SMALL = "abcd";

    private Choices() {}

    /** A choice alone, taken; null if none is next. */
    static @Nullable Node choice(Grammar grammar) {
        TokenStream in = grammar.in;
        int named = lead(in);
        boolean bracketed = in.peek(named).isOpen("(") && in.peek(named + 2).is(Kind.CLOSE, ")");
        Token letter = in.peek(named + (bracketed ? 1 : 0));
        int length = named + (bracketed ? 3 : 1);
        boolean marked = bracketed || named > 0 || letter.kind() == Kind.TEXT;
        if (!marked || !isLetter(letter) || !Prose.isBorder(in.peek(length))) {
            return null;
        }
        in.moveTo(in.position() + length);
        return new Choice(letter.text().toUpperCase(Locale.ROOT));
    }

    /** Tokens of "option", "answer", "Answer:" in front of a letter. */
    private static int lead(TokenStream in) {
        return !isNoun(in.peek()) ? 0 : in.peek(1).isSymbol(":") ? 2 : 1;
    }

    private static boolean isNoun(Token token) {
        return token.isWord("option") || token.isWord("choice") || token.isWord("answer");
    }

    private static boolean isLetter(Token token) {
        boolean letter = token.kind() == Kind.LETTER || token.isWord();
        boolean small = token.plain() || token.kind() == Kind.TEXT;
        return letter
                && token.text().length() == 1
                && (LETTERS.contains(token.text()) || (small && SMALL.contains(token.text())));
    }

    /** The full stop or the colon of "B. 12", "B: 12". */
    private static boolean isMark(Token token) {
        return token.isSymbol(".") || (token.isSymbol(":") && token.plain() && !token.isSpaced());
    }

    /** Puts the bracket that "A) 12" lacks in front of it. */
    static List<Token> completed(List<Token> tokens) {
        boolean open =
                tokens.size() > 1 && isLetter(tokens.get(0)) && tokens.get(1).is(Kind.CLOSE, ")");
        if (!open) {
            return tokens;
        }
        List<Token> completed = new ArrayList<>(tokens);
        completed.add(0, new Token(Kind.OPEN, "(", Gap.NONE, true));
        return completed;
    }

    /** An option with its text, taken; null if none is next. */
    static @Nullable Node option(Grammar grammar) throws SyntaxFailure {
        TokenStream in = grammar.in;
        int named = lead(in);
        boolean bracketed = in.peek(named).isOpen("(") && in.peek(named + 2).is(Kind.CLOSE, ")");
        Token letter = in.peek(named + (bracketed ? 1 : 0));
        int length = named + (bracketed ? 3 : 2);
        if (!isLetter(letter) || (!bracketed && !isMark(in.peek(named + 1)))) {
            return null;
        }
        Token behind = in.peek(length);
        boolean textFollows = behind.isSpaced()
                && (behind.kind() == Kind.NUMBER
                        || behind.isWord()
                        || behind.kind() == Kind.COMMAND
                        || behind.isSymbol("$")
                        || behind.isSymbol("-"));
        boolean operator = behind.isSymbol("-") && in.peek(length + 1).isSpaced();
        if (!textFollows || operator || (behind.isWord() && Statements.isConjunction(behind))) {
            return null;
        }
        in.moveTo(in.position() + length);
        return new Option(letter.text().toUpperCase(Locale.ROOT), grammar.statements.item());
    }
}
