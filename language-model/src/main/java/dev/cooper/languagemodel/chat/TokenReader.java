package dev.cooper.languagemodel.chat;

import java.util.List;

/** The tokens of a tag, one after the other; the last is the tag's end. */
final class TokenReader {
    private final List<Token> tokens;
    private int at;

    TokenReader(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token next() {
        Token token = peek();
        if (token.kind() != Token.Kind.END) {
            at++;
        }
        return token;
    }

    int line() {
        return peek().line();
    }

    boolean isName(String name) {
        return peek().is(Token.Kind.NAME, name);
    }

    boolean isOperator(String operator) {
        return peek().is(Token.Kind.OPERATOR, operator);
    }

    boolean atEnd() {
        return peek().kind() == Token.Kind.END;
    }

    /** Whether the name is followed by another: {@code not in}. */
    boolean areNames(String first, String second) {
        return isName(first) && tokens.get(at + 1).is(Token.Kind.NAME, second);
    }

    /** Whether a name and an operator come: {@code key=}. */
    boolean isNameThen(String operator) {
        return peek().kind() == Token.Kind.NAME && tokens.get(at + 1).is(Token.Kind.OPERATOR, operator);
    }

    boolean skipName(String name) {
        boolean is = isName(name);
        at += is ? 1 : 0;
        return is;
    }

    boolean skipOperator(String operator) {
        boolean is = isOperator(operator);
        at += is ? 1 : 0;
        return is;
    }

    void expectOperator(String operator) {
        if (!skipOperator(operator)) {
            throw unexpected("'" + operator + "'");
        }
    }

    void expectName(String name) {
        if (!skipName(name)) {
            throw unexpected("'" + name + "'");
        }
    }

    String name() {
        if (peek().kind() != Token.Kind.NAME) {
            throw unexpected("a name");
        }
        return next().text();
    }

    void expectEnd() {
        if (!atEnd()) {
            throw unexpected("the end of the tag");
        }
    }

    TemplateFault unexpected(String expected) {
        return new TemplateFault(line(), "%s where %s is needed".formatted(peek().describe(), expected));
    }
}
