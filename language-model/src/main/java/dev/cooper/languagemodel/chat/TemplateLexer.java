package dev.cooper.languagemodel.chat;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a template into text and tags, and takes away whitespace as Jinja does with {@code trim_blocks} and
 * {@code lstrip_blocks}: a statement takes the newline behind it and the blanks that begin its line; a minus takes all
 * whitespace on its side, and a plus leaves all of it.
 */
final class TemplateLexer {
    private final String source;
    private final List<Section> sections = new ArrayList<>();
    private int at;
    private int line = 1;
    private int counted;
    private boolean lineStarts = true; // whether what was read last ended a line

    private TemplateLexer(String source) {
        this.source = source;
    }

    static List<Section> read(String template) {
        String lines = template.replace("\r\n", "\n").replace('\r', '\n');
        TemplateLexer lexer = new TemplateLexer(lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines);
        while (lexer.at < lexer.source.length()) {
            lexer.readSection();
        }
        return lexer.sections;
    }

    private void readSection() {
        int open = source.indexOf('{', at);
        while (open >= 0 && !isTag(open)) {
            open = source.indexOf('{', open + 1);
        }
        if (open < 0) {
            addText(source.substring(at));
            at = source.length();
            return;
        }
        char kind = source.charAt(open + 1);
        char sign = open + 2 < source.length() ? source.charAt(open + 2) : ' ';
        addText(before(source.substring(at, open), kind, sign));
        at = open + (sign == '-' || sign == '+' ? 3 : 2);
        lineStarts = false;
        switch (kind) {
            case '#' -> skipComment();
            case '%' -> sections.add(new Section.Statement(line(), tokens("%}")));
            default -> sections.add(new Section.Output(line(), tokens("}}")));
        }
    }

    private boolean isTag(int open) {
        return open + 1 < source.length() && "{%#".indexOf(source.charAt(open + 1)) >= 0;
    }

    private void addText(String text) {
        if (!text.isEmpty()) {
            sections.add(new Section.Plain(text));
        }
    }

    private String before(String text, char kind, char sign) {
        if (sign == '-') {
            return PythonText.stripEnd(text, PythonText::isSpace);
        }
        int lineStart = text.lastIndexOf('\n') + 1;
        boolean strips = kind != '{' && sign != '+' && (lineStart > 0 || lineStarts);
        boolean blank = PythonText.stripStart(text.substring(lineStart), PythonText::isSpace)
                .isEmpty();
        return strips && blank ? text.substring(0, lineStart) : text;
    }

    private void skipComment() {
        int close = source.indexOf("#}", at);
        if (close < 0) {
            throw new TemplateFault(line(), "a comment is not closed by #}");
        }
        at = close;
        char sign = source.charAt(close - 1);
        behind("#}", sign);
    }

    /** Reads past the end of a tag, and past the whitespace that goes with it. */
    private void behind(String close, char sign) {
        at += close.length();
        int start = at;
        if (sign == '-') {
            while (at < source.length() && PythonText.isSpace(source.charAt(at))) {
                at++;
            }
        } else if (sign != '+' && !close.equals("}}") && source.startsWith("\n", at)) {
            at++;
        }
        lineStarts = at > start && source.charAt(at - 1) == '\n';
    }

    private List<Token> tokens(String close) {
        List<Token> tokens = new ArrayList<>();
        int first = line();
        int depth = 0;
        while (true) {
            while (at < source.length() && PythonText.isSpace(source.charAt(at))) {
                at++;
            }
            if (at >= source.length()) {
                throw new TemplateFault(first, "a tag is not closed by " + close);
            }
            char sign = source.charAt(at);
            boolean signed = (sign == '-' || sign == '+') && source.startsWith(close, at + 1);
            if (depth == 0 && (signed || source.startsWith(close, at))) {
                tokens.add(new Token(Token.Kind.END, "", line()));
                at += signed ? 1 : 0;
                behind(close, signed ? sign : ' ');
                return tokens;
            }
            Token token = TokenLexer.read(source, at, line());
            at += token.text().length();
            depth += depthOf(token);
            tokens.add(token.kind() == Token.Kind.STRING ? TokenLexer.unescaped(token) : token);
        }
    }

    private static int depthOf(Token token) {
        return token.kind() != Token.Kind.OPERATOR
                ? 0
                : switch (token.text()) {
                    case "(", "[", "{" -> 1;
                    case ")", "]", "}" -> -1;
                    default -> 0;
                };
    }

    /** The line that is being read. */
    private int line() {
        for (; counted < at; counted++) {
            line += source.charAt(counted) == '\n' ? 1 : 0;
        }
        return line;
    }
}
