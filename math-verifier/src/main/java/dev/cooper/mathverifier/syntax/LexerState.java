package dev.cooper.mathverifier.syntax;

import dev.cooper.mathverifier.syntax.Token.Gap;
import dev.cooper.mathverifier.syntax.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the lexer stands in the text, what it is in, and the tokens so far. */
final class LexerState {
    private static final int LONGEST_ARGUMENT = 64;

    final String text;
    final List<Token> tokens = new ArrayList<>();
    int at;
    Mode mode;
    /** The depth of brackets in which commas separate elements and so group no digits. */
    int lists;

    private final Deque<Brace> braces = new ArrayDeque<>();
    private final Dollars dollars;
    private boolean inDollars;
    private boolean inBorders;
    private @Nullable Mode wrapper;
    private boolean boxed;
    private Gap gap = Gap.NONE;

    /** What letters mean. */
    enum Mode {
        MATH,
        PLAIN,
        TEXT,
        ROMAN
    }

    /** An open brace: the state outside of it, and what it is. */
    private record Brace(Mode outside, int lists, boolean isToken, boolean isBox) {}

    LexerState(String text) {
        this.text = text;
        dollars = Dollars.of(text);
        boolean borders = dollars == Dollars.BORDERS || text.contains("\\(") || text.contains("\\[");
        mode = borders || !hasMathCommand(text) ? Mode.PLAIN : Mode.MATH;
    }

    /** Whether a command shows that a text without borders is mathematics as a whole. */
    private static boolean hasMathCommand(String text) {
        for (int i = text.indexOf('\\'); i >= 0; i = text.indexOf('\\', i + 2)) {
            boolean neutral = text.startsWith("boxed", i + 1)
                    || text.startsWith("noindent", i + 1)
                    || text.startsWith("end", i + 1)
                    || text.startsWith("quad", i + 1);
            if (i + 1 < text.length() && !neutral && isLetterOrBrace(text.charAt(i + 1))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLetterOrBrace(char c) {
        return CommandLexer.isAsciiLetter(c) || c == '{';
    }

    boolean isAtEnd() {
        return at >= text.length();
    }

    void add(Kind kind, String value) {
        tokens.add(new Token(kind, value, takeGap(), mode == Mode.PLAIN));
    }

    /** Adds a token that is not written but meant, next to the last. */
    void addImplied(Kind kind, String value) {
        tokens.add(new Token(kind, value, Gap.NONE, false));
    }

    Gap takeGap() {
        Gap taken = gap;
        gap = Gap.NONE;
        return taken;
    }

    void widen(Gap space) {
        if (space.compareTo(gap) > 0) {
            gap = space;
        }
    }

    boolean isBehindNumber() {
        return !tokens.isEmpty() && tokens.getLast().kind() == Kind.NUMBER && gap == Gap.NONE;
    }

    boolean isBehindValue() {
        return !tokens.isEmpty()
                && (tokens.getLast().kind() == Kind.NUMBER || tokens.getLast().kind() == Kind.CLOSE);
    }

    void open(String bracket) {
        add(Kind.OPEN, bracket);
        lists++;
    }

    void close(String bracket) {
        add(Kind.CLOSE, bracket);
        lists = Math.max(0, lists - 1);
    }

    /** The next brace begins words, roman letters or, with the present mode, letters of another font. */
    void wrapNext(Mode inside) {
        wrapper = inside;
    }

    void boxNext() {
        boxed = true;
    }

    void openBrace() {
        boolean wraps = wrapper != null;
        boolean box = boxed;
        boxed = false;
        if (wraps) {
            braces.push(new Brace(mode, lists, false, false));
            mode = wrapper == null ? mode : wrapper;
            wrapper = null;
            return;
        }
        braces.push(new Brace(mode, lists, true, box));
        widen(box ? Gap.WIDE : Gap.NONE);
        boolean argument = box || isBehindArgumentTaker();
        add(Kind.OPEN, box ? "box" : "{");
        lists += argument ? 0 : 1;
    }

    private boolean isBehindArgumentTaker() {
        if (tokens.isEmpty()) {
            return false;
        }
        Token last = tokens.getLast();
        return last.kind() == Kind.COMMAND
                || last.is(Kind.CLOSE, "}")
                || last.is(Kind.CLOSE, "]")
                || last.isSymbol("^")
                || last.isSymbol("_");
    }

    void closeBrace() throws SyntaxFailure {
        if (braces.isEmpty()) {
            throw SyntaxFailure.unreadable("a brace is closed that was never opened");
        }
        Brace brace = braces.pop();
        mode = brace.outside();
        lists = brace.lists();
        if (brace.isToken()) {
            add(Kind.CLOSE, "}");
        }
        if (brace.isBox()) {
            widen(Gap.WIDE);
        }
    }

    void dollar() {
        if (dollars == Dollars.CURRENCY) {
            add(Kind.SYMBOL, "$");
            return;
        }
        widen(Gap.SPACE);
        if (inBorders) {
            return;
        }
        boolean twice = at < text.length() && text.charAt(at) == '$';
        at += twice ? 1 : 0;
        inDollars = !inDollars;
        mode = switch (mode) {
            case MATH -> Mode.PLAIN;
            case PLAIN -> Mode.MATH;
            // \text{if $x$}: the brace restores the mode in any case.
            case TEXT, ROMAN -> mode == Mode.TEXT && inDollars ? Mode.MATH : mode;
        };
    }

    /** {@code \(} and {@code \[} begin mathematics, {@code \)} and {@code \]} end it. */
    void border(boolean begins) {
        widen(Gap.SPACE);
        if (mode == Mode.MATH || mode == Mode.PLAIN) {
            mode = begins ? Mode.MATH : Mode.PLAIN;
        }
        inBorders = begins;
    }

    boolean isCurrency() {
        return dollars == Dollars.CURRENCY;
    }

    void requireClosedBraces() throws SyntaxFailure {
        if (!braces.isEmpty()) {
            throw SyntaxFailure.unreadable("a brace is never closed");
        }
    }

    boolean isInBraces() {
        return !braces.isEmpty();
    }

    int skipSpaces(int from) {
        int i = from;
        while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\n')) {
            i++;
        }
        return i;
    }

    boolean isAt(int index, char c) {
        return index < text.length() && text.charAt(index) == c;
    }

    /** Takes the text of the argument in braces that follows, if any; braces in it must balance. */
    String takeArgument() {
        int open = skipSpaces(at);
        if (!isAt(open, '{')) {
            return "";
        }
        int depth = 0;
        for (int i = open; i < Math.min(text.length(), open + LONGEST_ARGUMENT); i++) {
            depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                at = i + 1;
                return text.substring(open + 1, i).strip();
            }
        }
        return "";
    }
}
