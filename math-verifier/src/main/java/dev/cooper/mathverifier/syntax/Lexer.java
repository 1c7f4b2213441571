package dev.cooper.mathverifier.syntax;

import dev.cooper.mathverifier.syntax.LexerState.Mode;
import dev.cooper.mathverifier.syntax.Token.Gap;
import dev.cooper.mathverifier.syntax.Token.Kind;
import java.util.List;

/** Splits an answer into tokens in one pass; sizes, fonts and the borders of mathematics are dropped. */
final class Lexer {
    private final String text;
    private final LexerState state;
    private final NumberScanner numbers;
    private final CommandLexer commands;
    private final SignLexer signs;

    private Lexer(String text) {
        this.text = text;
        state = new LexerState(text);
        numbers = new NumberScanner(text, state.isCurrency());
        commands = new CommandLexer(state);
        signs = new SignLexer(state, commands);
    }

    static List<Token> tokens(String text) throws SyntaxFailure {
        return new Lexer(unescaped(UnicodeSigns.narrowed(text))).run();
    }

    /** With single backslashes, where each was doubled on the way here: {@code \\frac}. */
    private static String unescaped(String text) {
        boolean doubled = false;
        for (int i = text.indexOf('\\'); i >= 0; i = text.indexOf('\\', i)) {
            int end = i;
            while (end < text.length() && text.charAt(end) == '\\') {
                end++;
            }
            if ((end - i) % 2 != 0) {
                return text;
            }
            doubled |= end + 1 < text.length()
                    && CommandLexer.isAsciiLetter(text.charAt(end))
                    && CommandLexer.isAsciiLetter(text.charAt(end + 1));
            i = end;
        }
        return doubled ? text.replace("\\\\", "\\") : text;
    }

    private List<Token> run() throws SyntaxFailure {
        while (!state.isAtEnd()) {
            int c = text.codePointAt(state.at);
            if (c == '~' || Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                state.widen(Gap.SPACE);
                state.at += Character.charCount(c);
            } else if (c == '\\') {
                commands.command();
            } else if (NumberScanner.startsAt(text, state.at)) {
                state.add(Kind.NUMBER, numbers.scan(state.at, state.lists == 0));
                state.at = numbers.end();
            } else if (isLetter(c)) {
                letters();
            } else {
                state.at += Character.charCount(c);
                signs.sign(c);
            }
        }
        state.requireClosedBraces();
        return state.tokens;
    }

    private void letters() {
        boolean prose = state.mode == Mode.TEXT || state.mode == Mode.ROMAN;
        int begin = state.at;
        int end = begin;
        while (end < text.length()
                && (isLetter(text.codePointAt(end)) || (isProse(prose, begin) && joinsLetters(begin, end)))) {
            end += Character.charCount(text.codePointAt(end));
        }
        state.at = end;
        String run = text.substring(begin, end);
        if (prose) {
            int behind = state.isAt(end, '}') ? end + 1 : end;
            boolean subscripted = state.isAt(behind, '_');
            boolean symbol = run.length() == 1 && state.mode == Mode.ROMAN && (subscripted || !state.isBehindValue());
            state.add(symbol ? Kind.LETTER : Kind.TEXT, run);
        } else if (isAscii(run)) {
            boolean plain = state.mode == Mode.PLAIN;
            boolean beside = run.length() == 2 ? isInFormula(begin, end) : isBesideOperator(begin, end);
            LetterRuns.append(run, plain, beside, state.takeGap(), state.tokens);
        } else {
            state.add(run.length() == 1 ? Kind.LETTER : Kind.WORD, run);
        }
    }

    private boolean isProse(boolean inText, int begin) {
        return inText || (state.mode == Mode.PLAIN && Character.isLetter(text.charAt(begin)));
    }

    /** Whether an operator touches two letters: the b·y of ax+by, not the word in "is (1, 2)". */
    private boolean isInFormula(int begin, int end) {
        char before = begin == 0 ? ' ' : text.charAt(begin - 1);
        char behind = end == text.length() ? ' ' : text.charAt(end);
        return "+-*/^_=)}".indexOf(before) >= 0 || "+-*/^_=".indexOf(behind) >= 0 || (before >= '0' && before <= '9');
    }

    private boolean isBesideOperator(int begin, int end) {
        char before = begin == 0 ? ' ' : text.charAt(begin - 1);
        int next = state.skipSpaces(end);
        char behind = next == text.length() ? ' ' : text.charAt(next);
        return (before >= '0' && before <= '9') || "+-*/^()".indexOf(before) >= 0 || "+-*/^(".indexOf(behind) >= 0;
    }

    /** Apostrophes and hyphens between the letters of a word: twenty-one, doesn't; not x-y. */
    private boolean joinsLetters(int begin, int index) {
        char c = text.charAt(index);
        return (c == '-' || c == '\'' || c == '\u2019')
                && index > begin + 2
                && index + 1 < text.length()
                && Character.isLetter(text.charAt(index + 1));
    }

    /** Letters that have no other meaning as a sign. */
    private static boolean isLetter(int c) {
        return c < 0x80 ? CommandLexer.isAsciiLetter((char) c) : Character.isLetter(c) && UnicodeSigns.isPlainLetter(c);
    }

    private static boolean isAscii(String run) {
        return run.chars().allMatch(c -> c < 0x80);
    }
}
