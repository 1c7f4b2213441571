package dev.cooper.mathverifier.syntax;

import dev.cooper.mathverifier.syntax.Token.Gap;
import dev.cooper.mathverifier.syntax.Token.Kind;
import java.util.List;

/** The tokens of an answer, a position in them, and the counted limits of the tree that is built. */
final class TokenStream {
    /** Levels of the grammar that one bracket takes. */
    private static final int LEVELS = 4;

    private final List<Token> tokens;
    private final Brackets brackets;
    private final SyntaxBudget budget;
    private int position;
    private int depth;
    private int chained;
    private int nodes;
    private int split = -1;

    TokenStream(List<Token> tokens, SyntaxBudget budget) throws SyntaxFailure {
        this.tokens = tokens;
        this.budget = budget;
        brackets = Brackets.of(tokens, budget.depth());
    }

    SyntaxBudget budget() {
        return budget;
    }

    int position() {
        return position;
    }

    void moveTo(int index) {
        position = index;
    }

    Token peek() {
        return peek(0);
    }

    /** The token {@code offset} behind the next one; before the first and behind the last is the end. */
    Token peek(int offset) {
        return at(position + offset);
    }

    Token at(int index) {
        return index >= 0 && index < tokens.size() ? tokens.get(index) : Token.LAST;
    }

    List<Token> between(int begin, int end) {
        return tokens.subList(begin, end);
    }

    Token next() {
        Token token = peek();
        position++;
        return token;
    }

    boolean isAtEnd() {
        return position >= tokens.size();
    }

    boolean isAt(String symbol) {
        return peek().isSymbol(symbol);
    }

    boolean accept(String symbol) {
        boolean found = isAt(symbol);
        position += found ? 1 : 0;
        return found;
    }

    /** The index of the bracket that closes the opening one at {@code index}. */
    int closing(int index) {
        return brackets.closing(index);
    }

    int barsFromHere() {
        return brackets.barsFrom(position);
    }

    /** Takes one digit off the number that is next, as {@code \frac12} wants it. */
    String nextDigit() {
        Token number = next();
        if (number.text().length() == 1) {
            return number.text();
        }
        position--;
        split = position;
        tokens.set(position, new Token(Kind.NUMBER, number.text().substring(1), Gap.NONE, number.plain()));
        return number.text().substring(0, 1);
    }

    /** Whether the number that is next is the rest of one that a command took a digit of. */
    boolean isSplit() {
        return position == split;
    }

    /** Moves over the bracket that must be next. */
    void close(int index) throws SyntaxFailure {
        if (position != index) {
            throw notUnderstood();
        }
        position++;
    }

    void enter() throws SyntaxFailure {
        if (++depth > LEVELS * budget.depth()) {
            throw SyntaxFailure.tooLarge("nested deeper than " + budget.depth());
        }
    }

    void leave() {
        depth--;
    }

    /** Counts a node that an operator puts around what stands before it. */
    void chain() throws SyntaxFailure {
        if (++chained > LEVELS * budget.depth()) {
            throw SyntaxFailure.tooLarge("a chain of operators longer than " + LEVELS * budget.depth());
        }
    }

    void count() throws SyntaxFailure {
        if (++nodes > budget.nodes()) {
            throw SyntaxFailure.tooLarge("more than " + budget.nodes() + " nodes");
        }
    }

    SyntaxFailure notUnderstood() {
        return SyntaxFailure.notUnderstood(
                isAtEnd() ? "it ends where something is missing" : "not understood at '" + peek().text() + "'");
    }
}
