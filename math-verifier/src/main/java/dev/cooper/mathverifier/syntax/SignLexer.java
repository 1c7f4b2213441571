package dev.cooper.mathverifier.syntax;

import dev.cooper.mathverifier.syntax.Token.Gap;
import dev.cooper.mathverifier.syntax.Token.Kind;

/** Turns characters that are no letters, digits or spaces into tokens. */
final class SignLexer {
    /** Each two characters and the sign that they are. */
    private static final String PAIRS = "<=\u2264>=\u2265=<\u2264!=\u2260===**^<>\u2260=>\u21d2->\u2192:==";

    private static final int PAIR = 3;
    private static final String CIRCLES = "\u00b0\u2218\u00ba";

    private final LexerState state;
    private final CommandLexer commands;

    SignLexer(LexerState state, CommandLexer commands) {
        this.state = state;
        this.commands = commands;
    }

    /** The sign {@code c}, behind which the state already stands. */
    void sign(int c) throws SyntaxFailure {
        if (c < 0x80) {
            ascii((char) c);
            return;
        }
        Commands.Command known = UnicodeSigns.find(c);
        if (known == null) {
            rare(c);
        } else if (known.value().equals("-")) {
            operator('-');
        } else {
            commands.apply(known);
        }
    }

    private void ascii(char c) throws SyntaxFailure {
        switch (c) {
            case '{' -> openBrace();
            case '}' -> state.closeBrace();
            case '(', '[' -> state.open(UnicodeSigns.text(c));
            case ')', ']' -> state.close(UnicodeSigns.text(c));
            case '$' -> state.dollar();
            case '^' -> raise();
            case '.' -> dots();
            case '"', '`' -> state.widen(Gap.SPACE);
            default -> operator(c);
        }
    }

    /** Nothing in braces only holds up a script: {@code {}_nC_k}; elsewhere it is nothing. */
    private void openBrace() throws SyntaxFailure {
        int next = state.skipSpaces(state.at);
        if (!state.isAt(next, '}')) {
            state.openBrace();
            return;
        }
        int behind = state.skipSpaces(next + 1);
        if (state.isAt(behind, '_') || (state.isAt(behind, '^') && !state.isBehindValue())) {
            state.add(Kind.SYMBOL, "{}");
            state.at = next + 1;
        } else if (!state.tokens.isEmpty() && state.tokens.getLast().kind() == Kind.COMMAND) {
            state.openBrace();
        } else {
            state.at = next + 1;
        }
    }

    private void operator(char c) {
        if (!state.isAtEnd() && !(c == '!' && state.isBehindNumber())) {
            char next = state.text.charAt(state.at);
            for (int i = 0; i < PAIRS.length(); i += PAIR) {
                if (PAIRS.charAt(i) == c && PAIRS.charAt(i + 1) == next) {
                    state.at++;
                    state.add(Kind.SYMBOL, PAIRS.substring(i + 2, i + PAIR));
                    return;
                }
            }
        }
        state.add(Kind.SYMBOL, UnicodeSigns.text(c));
    }

    private void dots() {
        if (!state.isAt(state.at, '.')) {
            boolean repeats = state.text.startsWith("\\overline{", state.at);
            state.add(repeats ? Kind.NUMBER : Kind.SYMBOL, ".");
            return;
        }
        while (state.isAt(state.at, '.')) {
            state.at++;
        }
        state.add(Kind.COMMAND, "ldots");
    }

    /** {@code ^\circ} and its like is one sign: degrees. */
    private void raise() {
        int next = state.skipSpaces(state.at);
        boolean braced = state.isAt(next, '{');
        int sign = braced ? state.skipSpaces(next + 1) : next;
        int length = circleLength(sign);
        int end = braced ? state.skipSpaces(sign + length) : sign + length;
        if (length == 0 || (braced && !state.isAt(end, '}'))) {
            state.add(Kind.SYMBOL, "^");
        } else {
            state.add(Kind.SYMBOL, "\u00b0");
            state.at = braced ? end + 1 : end;
        }
    }

    private int circleLength(int sign) {
        if (sign >= state.text.length()) {
            return 0;
        }
        if (CIRCLES.indexOf(state.text.charAt(sign)) >= 0) {
            return 1;
        }
        if (state.text.charAt(sign) == 'o' && state.isBehindNumber()) {
            boolean alone = sign + 1 == state.text.length() || !CommandLexer.isAsciiLetter(state.text.charAt(sign + 1));
            return alone ? 1 : 0;
        }
        String name = state.text.startsWith("\\circ", sign) ? "\\circ" : "\\degree";
        int end = sign + name.length();
        boolean whole = state.text.startsWith(name, sign)
                && (end == state.text.length() || !CommandLexer.isAsciiLetter(state.text.charAt(end)));
        return whole ? name.length() : 0;
    }

    private void rare(int c) {
        String fraction = UnicodeSigns.fraction(c);
        if (fraction != null) {
            state.add(Kind.COMMAND, "frac");
            state.addImplied(Kind.NUMBER, fraction);
        } else if (UnicodeSigns.raised(c) != 0) {
            script(c, true);
        } else if (UnicodeSigns.lowered(c) != 0) {
            script(c, false);
        } else if (c == 0x201c || c == 0x201d) {
            state.widen(Gap.SPACE);
        } else if (!UnicodeSigns.isInvisible(c)) {
            state.add(Kind.SYMBOL, Character.toString(c));
        }
    }

    /** A run of raised or lowered characters is a power or a subscript in braces. */
    private void script(int first, boolean raised) {
        state.add(Kind.SYMBOL, raised ? "^" : "_");
        state.addImplied(Kind.OPEN, "{");
        var digits = new StringBuilder();
        char c = scripted(first, raised);
        while (c != 0) {
            if (c >= '0' && c <= '9') {
                digits.append(c);
            } else {
                flush(digits);
                state.addImplied(c == '+' || c == '-' ? Kind.SYMBOL : Kind.LETTER, String.valueOf(c));
            }
            c = state.isAtEnd() ? 0 : scripted(state.text.charAt(state.at), raised);
            state.at += c == 0 ? 0 : 1;
        }
        flush(digits);
        state.addImplied(Kind.CLOSE, "}");
    }

    private void flush(StringBuilder digits) {
        if (!digits.isEmpty()) {
            state.addImplied(Kind.NUMBER, digits.toString());
            digits.setLength(0);
        }
    }

    private static char scripted(int c, boolean raised) {
        return raised ? UnicodeSigns.raised(c) : UnicodeSigns.lowered(c);
    }
}
