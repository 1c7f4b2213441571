package dev.cooper.languagemodel.chat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one token of an expression. */
final class TokenLexer {
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{Nd}_]*");
    private static final Pattern REAL = Pattern.compile("\\d+(_\\d+)*(\\.\\d+(_\\d+)*([eE][+-]?\\d+)?|[eE][+-]?\\d+)");
    private static final Pattern WHOLE = Pattern.compile("\\d+(_\\d+)*");
    private static final Pattern STRING = Pattern.compile("'([^'\\\\]|\\\\.)*'|\"([^\"\\\\]|\\\\.)*\"", Pattern.DOTALL);
    private static final Pattern OPERATOR = Pattern.compile("\\*\\*|//|==|!=|<=|>=|[-+*/%~<>=()\\[\\]{},.:|]");
    private static final int OCTAL_DIGITS = 3;

    private TokenLexer() {}

    /** The token with its text as it stands; {@link #unescaped} makes a string's value of it. */
    static Token read(String source, int at, int line) {
        record Rule(Token.Kind kind, Pattern pattern) {}
        List<Rule> rules = List.of(
                new Rule(Token.Kind.NAME, NAME),
                new Rule(Token.Kind.REAL, REAL),
                new Rule(Token.Kind.WHOLE, WHOLE),
                new Rule(Token.Kind.STRING, STRING),
                new Rule(Token.Kind.OPERATOR, OPERATOR));
        for (Rule rule : rules) {
            Matcher matcher = rule.pattern.matcher(source).region(at, source.length());
            if (matcher.lookingAt()) {
                return new Token(rule.kind, matcher.group(), line);
            }
        }
        throw new TemplateFault(line, "the character '%c' is not understood".formatted(source.charAt(at)));
    }

    /** The token of a string with its value, escapes as Python reads them. */
    static Token unescaped(Token token) {
        String literal = token.text().substring(1, token.text().length() - 1);
        StringBuilder value = new StringBuilder();
        int at = 0;
        while (at < literal.length()) {
            if (literal.charAt(at) == '\\') {
                at = unescape(literal, at + 1, value, token.line());
            } else {
                value.append(literal.charAt(at++));
            }
        }
        return new Token(token.kind(), value.toString(), token.line());
    }

    /** Appends what the escape at a place behind its backslash means, and returns the place behind it. */
    private static int unescape(String literal, int at, StringBuilder value, int line) {
        char c = literal.charAt(at);
        switch (c) {
            case '\n' -> {} // a line that goes on
            case '\\', '\'', '"' -> value.append(c);
            case 'n' -> value.append('\n');
            case 't' -> value.append('\t');
            case 'r' -> value.append('\r');
            case 'a' -> value.append('\u0007');
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case 'v' -> value.append('\u000B');
            case 'x' -> {
                return hexadecimal(literal, at + 1, 2, value, line);
            }
            case 'u' -> {
                return hexadecimal(literal, at + 1, 4, value, line);
            }
            case 'U' -> {
                return hexadecimal(literal, at + 1, 8, value, line);
            }
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                int end = at;
                while (end < literal.length()
                        && end < at + OCTAL_DIGITS
                        && Character.digit(literal.charAt(end), 8) >= 0) {
                    end++;
                }
                value.appendCodePoint(Integer.parseInt(literal.substring(at, end), 8));
                return end;
            }
            default -> value.append('\\').append(c);
        }
        return at + 1;
    }

    private static int hexadecimal(String literal, int at, int digits, StringBuilder value, int line) {
        try {
            value.appendCodePoint(Integer.parseInt(literal.substring(at, at + digits), 16));
            return at + digits;
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new TemplateFault(
                    line, "an escape in '%s' needs %d hexadecimal digits of a character".formatted(literal, digits));
        }
    }
}
