package dev.cooper.mathverifier.syntax;

import dev.cooper.mathverifier.syntax.Token.Gap;
import dev.cooper.mathverifier.syntax.Token.Kind;
import java.util.List;

/** Pairs the brackets of an answer, and counts the bars that may be absolute values, once before it is parsed. */
final class Brackets {
    private static final String CLOSED_BY = "()[]{}\u27e8\u27e9\u230a\u230b\u2308\u2309||\u2016\u2016";

    private final List<Token> tokens;
    private final int[] match;
    private final int[] barsFromHere;
    private final int[] stack;
    private final int[] lastBar;
    private int depth;

    private Brackets(List<Token> tokens, int limit) {
        this.tokens = tokens;
        match = new int[tokens.size()];
        barsFromHere = new int[tokens.size()];
        stack = new int[limit + 1];
        lastBar = new int[limit + 1];
        lastBar[0] = -1;
    }

    /** @param tokens a bracket that is turned around, as in {@code ]0, 1[}, is replaced in them */
    static Brackets of(List<Token> tokens, int limit) throws SyntaxFailure {
        var brackets = new Brackets(tokens, limit);
        brackets.pair();
        return brackets;
    }

    /** The index of the bracket that closes the one at {@code open}. */
    int closing(int open) {
        return match[open];
    }

    /** How many undirected bars stand on the level of the bar at {@code index}, from it on. */
    int barsFrom(int index) {
        return barsFromHere[index];
    }

    private void pair() throws SyntaxFailure {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            switch (token.kind()) {
                case OPEN -> {
                    if (token.text().equals("[") && closesTurned(i)) {
                        tokens.set(i, new Token(Kind.CLOSE, "[", token.gap(), token.plain()));
                        close(i, tokens.get(i));
                    } else {
                        open(i);
                    }
                }
                case CLOSE -> {
                    if (token.text().equals("]") && !(depth > 0 && isRoundOrSquare(top()))) {
                        tokens.set(i, new Token(Kind.OPEN, "]", token.gap(), token.plain()));
                        open(i);
                    } else {
                        close(i, token);
                    }
                }
                case SYMBOL -> {
                    if (token.text().equals("|")) {
                        // Until the level ends it holds the bar before, so that the counts can be filled in then.
                        barsFromHere[i] = lastBar[depth];
                        lastBar[depth] = i;
                    }
                }
                case NUMBER, LETTER, WORD, TEXT, COMMAND, END -> {}
            }
        }
        if (depth > 0) {
            throw SyntaxFailure.unreadable("the bracket " + top().text() + " is never closed");
        }
        countBars(0);
    }

    private void open(int index) throws SyntaxFailure {
        if (depth + 1 >= stack.length) {
            throw SyntaxFailure.tooLarge("brackets nested deeper than " + (stack.length - 1));
        }
        stack[depth++] = index;
        lastBar[depth] = -1;
    }

    private void close(int index, Token token) throws SyntaxFailure {
        if (depth == 0 || !closes(top(), token)) {
            throw SyntaxFailure.unreadable("the bracket " + token.text() + " closes none that is open");
        }
        countBars(depth);
        depth--;
        match[stack[depth]] = index;
    }

    private void countBars(int level) {
        int count = 0;
        int bar = lastBar[level];
        while (bar >= 0) {
            int before = barsFromHere[bar];
            barsFromHere[bar] = ++count;
            bar = before;
        }
    }

    private Token top() {
        return tokens.get(stack[depth - 1]);
    }

    /** Whether the square bracket at {@code index} closes an interval: {@code ]0, 1[} or {@code [0, 1[}. */
    private boolean closesTurned(int index) {
        if (depth == 0 || !isRoundOrSquare(top())) {
            return false;
        }
        if (top().text().equals("]")) {
            return true;
        }
        Token next = index + 1 < tokens.size() ? tokens.get(index + 1) : Token.LAST;
        return next.kind() == Kind.END
                || next.isWord()
                || (next.kind() == Kind.SYMBOL && "\u222a\u2229\u2216,;.".contains(next.text()));
    }

    private static boolean isRoundOrSquare(Token token) {
        return token.text().equals("(")
                || token.text().equals("[")
                || token.text().equals("]");
    }

    private static boolean closes(Token open, Token close) {
        String closing = close.text();
        if (open.text().equals(".") || closing.equals(".")) {
            return !open.text().equals("{") && !open.text().equals("box") && !closing.equals("}");
        }
        if (isRoundOrSquare(open)) {
            return closing.equals(")") || closing.equals("]") || closing.equals("[");
        }
        if (open.text().equals("\\{")) {
            return closing.equals("\\}");
        }
        if (open.text().equals("box")) {
            return closing.equals("}");
        }
        if (open.text().startsWith("begin:")) {
            return closing.equals(open.text());
        }
        int kind = CLOSED_BY.indexOf(open.text());
        return CLOSED_BY.substring(kind + 1, kind + 2).equals(closing);
    }

    /** A whole answer between less-than and greater-than signs is a vector: {@code <1, 2>}. */
    static void readAngles(List<Token> tokens) {
        int last = tokens.size() - 1;
        if (last > 2 && tokens.get(0).isSymbol("<") && tokens.get(last).isSymbol(">")) {
            tokens.set(0, new Token(Kind.OPEN, "\u27e8", Gap.NONE, false));
            tokens.set(last, new Token(Kind.CLOSE, "\u27e9", Gap.NONE, false));
        }
    }
}
