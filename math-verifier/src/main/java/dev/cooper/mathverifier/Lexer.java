package dev.cooper.mathverifier;

import dev.cooper.mathverifier.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Splits an answer into tokens in one pass and drops what does not change its meaning: sizes, spacing commands, math
 * delimiters, boxes, text wrappers (their letters become {@link Kind#TEXT}).
 */
final class Lexer {
    private static final Set<String> DROPPED = Set.of(
            "left",
            "right",
            "big",
            "Big",
            "bigg",
            "Bigg",
            "bigl",
            "bigr",
            "Bigl",
            "Bigr",
            "displaystyle",
            "textstyle",
            "boxed",
            "fbox",
            "limits",
            "(",
            ")",
            "[",
            "]",
            "mathbf",
            "mathit",
            "mathsf",
            "boldsymbol",
            "operatorname");
    private static final Set<String> SPACES =
            Set.of(",", ";", ":", " ", "quad", "qquad", "space", "enspace", "thinspace");
    private static final Set<String> TEXT_WRAPPERS = Set.of(
            "text", "textbf", "textit", "textrm", "texttt", "textsf", "textnormal", "mbox", "hbox", "mathrm", "emph");
    private static final Map<String, String> SAME_COMMAND =
            Map.of("dfrac", "frac", "tfrac", "frac", "cfrac", "frac", "cdot", "times", "ast", "times");
    private static final Map<Character, String> UNICODE = Map.of(
            '\u2212', "-", '\uff0d', "-", '\u00f7', "/", '\u2044', "/", '\u00d7', "\\times", '\u00b7', "\\times",
            '\u03c0', "\\pi", '\u221e', "\\infty");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private final Deque<Boolean> braceIsText = new ArrayDeque<>();
    private int textBraces;
    private int brackets;
    private boolean spaced;
    private boolean wrapperPending;
    private int position;

    private Lexer(String text) {
        this.text = text;
    }

    /** @throws MalformedAnswerException if the braces do not balance */
    static List<Token> tokens(String answer) throws MalformedAnswerException {
        // Both group digits: 1{,}234 and 1\,234 (or 1,\!234, where the negative space closes the gap).
        String prepared = answer.replace("\\! ", "")
                .replace("\\!", "")
                .replace("{,}", String.valueOf(NumberLiteral.GROUPING))
                .replace("\\,", " ");
        return new Lexer(prepared).run();
    }

    private List<Token> run() throws MalformedAnswerException {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (Characters.isSpace(c) || c == '~') {
                spaced = true;
                position++;
            } else if (c == '\\') {
                command();
            } else if (NumberLiteral.startsAt(text, position)) {
                NumberLiteral literal = NumberLiteral.scan(text, position, brackets == 0);
                add(Kind.NUMBER, literal.text());
                position = literal.end();
            } else if (Character.isLetter(c) && !UNICODE.containsKey(c)) {
                letters();
            } else {
                symbol(c);
                position++;
            }
        }
        if (!braceIsText.isEmpty()) {
            throw new MalformedAnswerException("a brace is never closed");
        }
        return List.copyOf(tokens);
    }

    private void command() {
        int end = position + 1;
        while (end < text.length() && isAsciiLetter(text.charAt(end))) {
            end++;
        }
        if (end == position + 1 && end < text.length()) {
            end++;
        }
        String name = text.substring(position + 1, end);
        position = end;
        if (name.isEmpty() || SPACES.contains(name)) {
            spaced = true;
        } else if (TEXT_WRAPPERS.contains(name)) {
            wrapperPending = Characters.skipSpace(text, end) < text.length();
        } else if (name.equals("{") || name.equals("}")) {
            brackets += name.equals("{") ? 1 : -1;
            add(Kind.SYMBOL, "\\" + name);
        } else if (name.length() == 1 && "$%&#_".contains(name)) {
            add(Kind.SYMBOL, name);
        } else if (name.equals("degree")) {
            add(Kind.SYMBOL, "\u00b0");
        } else if (!DROPPED.contains(name)) {
            add(Kind.COMMAND, SAME_COMMAND.getOrDefault(name, name));
        }
    }

    private void letters() {
        int end = position;
        while (end < text.length() && isLetterOfWord(end)) {
            end++;
        }
        add(textBraces > 0 ? Kind.TEXT : Kind.WORD, text.substring(position, end));
        position = end;
    }

    /** Letters, and apostrophes and hyphens between letters ("twenty-one"). */
    private boolean isLetterOfWord(int at) {
        char c = text.charAt(at);
        boolean joins = (c == '\'' || c == '\u2019' || c == '-')
                && at > position + 1
                && at + 2 < text.length()
                && Character.isLetter(text.charAt(at + 1))
                && Character.isLetter(text.charAt(at + 2));
        return joins || (Character.isLetter(c) && !UNICODE.containsKey(c));
    }

    private void symbol(char c) throws MalformedAnswerException {
        String mapped = UNICODE.get(c);
        if (mapped != null && mapped.startsWith("\\")) {
            add(Kind.COMMAND, mapped.substring(1));
            return;
        }
        switch (c) {
            case '{' -> openBrace();
            case '}' -> closeBrace();
            case '$' -> dollar();
            case '\u00bd' -> fraction("1", "2");
            case '\u00bc' -> fraction("1", "4");
            case '\u00be' -> fraction("3", "4");
            default -> {
                brackets += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
                add(Kind.SYMBOL, mapped == null ? String.valueOf(c) : mapped);
            }
        }
    }

    private void openBrace() {
        braceIsText.push(wrapperPending);
        if (wrapperPending) {
            textBraces++;
            wrapperPending = false;
        } else {
            add(Kind.SYMBOL, "{");
        }
    }

    private void closeBrace() throws MalformedAnswerException {
        if (braceIsText.isEmpty()) {
            throw new MalformedAnswerException("a brace is closed that was never opened");
        }
        if (braceIsText.pop()) {
            textBraces--;
            spaced = true;
        } else {
            add(Kind.SYMBOL, "}");
        }
    }

    /** A lone dollar sign before a number is a currency; otherwise it only delimits math. */
    private void dollar() {
        boolean paired = text.indexOf('$') != text.lastIndexOf('$');
        boolean beforeNumber = position + 1 < text.length() && NumberLiteral.startsAt(text, position + 1);
        if (!paired && beforeNumber) {
            add(Kind.SYMBOL, "$");
        }
        spaced = true;
    }

    private void fraction(String numerator, String denominator) {
        add(Kind.COMMAND, "frac");
        add(Kind.SYMBOL, "{");
        add(Kind.NUMBER, numerator);
        add(Kind.SYMBOL, "}");
        add(Kind.SYMBOL, "{");
        add(Kind.NUMBER, denominator);
        add(Kind.SYMBOL, "}");
    }

    private void add(Kind kind, String piece) {
        tokens.add(new Token(kind, piece, spaced));
        spaced = false;
    }

    private static boolean isAsciiLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
