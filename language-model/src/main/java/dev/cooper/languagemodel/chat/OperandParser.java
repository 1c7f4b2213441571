package dev.cooper.languagemodel.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what operators work on: literals, names, their members and calls, and the filters and tests behind them. */
final class OperandParser {
    private final TokenReader tokens;
    private final ExpressionParser expressions;

    OperandParser(TokenReader tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    /** A literal or name with its members and calls. */
    Expression operand() {
        return postfix(primary());
    }

    /** A value with its filters and tests. */
    Expression filtered(Expression operand) {
        Expression value = operand;
        while (true) {
            if (tokens.skipOperator("|")) {
                value = filter(value);
            } else if (tokens.skipName("is")) {
                value = test(value);
            } else {
                return value;
            }
        }
    }

    private Expression filter(Expression operand) {
        int line = tokens.line();
        Filters.Filter filter = Filters.named(line, tokens.name());
        Call call = tokens.isOperator("(") ? call() : Call.NONE;
        return scope -> filter.apply(operand.in(scope), call.in(scope));
    }

    private Expression test(Expression operand) {
        boolean negated = tokens.skipName("not");
        int line = tokens.line();
        Tests.Test test = Tests.named(line, tokens.name());
        Call call = tokens.isOperator("(") ? call() : testArgument();
        return scope -> Value.of(test.holds(operand.in(scope), call.in(scope)) != negated);
    }

    /** The one argument that a test may have without parentheses. */
    private Call testArgument() {
        Token token = tokens.peek();
        boolean begins = switch (token.kind()) {
            case STRING, WHOLE, REAL -> true;
            case NAME -> !List.of("else", "or", "and", "if", "is", "in", "not").contains(token.text());
            case OPERATOR -> token.text().equals("[") || token.text().equals("{");
            case END -> false;
        };
        return begins ? new Call(List.of(operand()), Map.of()) : Call.NONE;
    }

    private Expression postfix(Expression operand) {
        Expression value = operand;
        while (true) {
            if (tokens.skipOperator(".")) {
                value = member(value);
            } else if (tokens.skipOperator("[")) {
                value = subscript(value);
            } else if (tokens.isOperator("(")) {
                Expression callee = value;
                Call call = call();
                value = scope -> Operations.call(callee.in(scope), call.in(scope));
            } else {
                return value;
            }
        }
    }

    private Expression member(Expression operand) {
        if (tokens.peek().kind() == Token.Kind.WHOLE) {
            Value place = Value.of(Long.parseLong(tokens.next().text()));
            return scope -> Operations.item(operand.in(scope), place);
        }
        String name = tokens.name();
        return scope -> Operations.attribute(operand.in(scope), name);
    }

    private Expression subscript(Expression operand) {
        Expression start = bound();
        if (tokens.skipOperator("]")) {
            return scope -> Operations.item(operand.in(scope), start.in(scope));
        }
        tokens.expectOperator(":");
        Expression stop = bound();
        Expression step = tokens.skipOperator(":") ? bound() : _ -> Value.Nothing.NONE;
        tokens.expectOperator("]");
        return scope -> Operations.slice(operand.in(scope), start.in(scope), stop.in(scope), step.in(scope));
    }

    private Expression bound() {
        return tokens.isOperator(":") || tokens.isOperator("]") ? _ -> Value.Nothing.NONE : expressions.expression();
    }

    private Call call() {
        tokens.expectOperator("(");
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        while (!tokens.skipOperator(")")) {
            if (tokens.isNameThen("=")) {
                String name = tokens.name();
                tokens.expectOperator("=");
                named.put(name, expressions.expression());
            } else {
                positional.add(expressions.expression());
            }
            if (!tokens.isOperator(")")) {
                tokens.expectOperator(",");
            }
        }
        return new Call(positional, named);
    }

    private Expression primary() {
        Token token = tokens.next();
        return switch (token.kind()) {
            case NAME -> name(token.text());
            case STRING -> string(token);
            case WHOLE -> constant(Value.of(Long.parseLong(token.text().replace("_", ""))));
            case REAL -> constant(new Value.Real(Double.parseDouble(token.text().replace("_", ""))));
            case OPERATOR, END ->
                switch (token.text()) {
                    case "(" -> parenthesis();
                    case "[" -> items(new ArrayList<>(), "]");
                    case "{" -> dict();
                    default ->
                        throw new TemplateFault(token.line(), "%s where a value is needed".formatted(token.describe()));
                };
        };
    }

    private static Expression constant(Value value) {
        return _ -> value;
    }

    private static Expression name(String name) {
        return switch (name) {
            case "true", "True" -> constant(Value.of(true));
            case "false", "False" -> constant(Value.of(false));
            case "none", "None" -> constant(Value.Nothing.NONE);
            default -> scope -> scope.get(name);
        };
    }

    private Expression string(Token first) {
        StringBuilder text = new StringBuilder(first.text());
        while (tokens.peek().kind() == Token.Kind.STRING) { // neighbours are one string
            text.append(tokens.next().text());
        }
        return constant(Value.of(text.toString()));
    }

    private Expression parenthesis() {
        if (tokens.skipOperator(")")) {
            return constant(new Value.Items(List.of()));
        }
        Expression first = expressions.expression();
        if (tokens.skipOperator(")")) {
            return first;
        }
        tokens.expectOperator(",");
        return items(new ArrayList<>(List.of(first)), ")");
    }

    private Expression items(List<Expression> members, String close) {
        while (!tokens.skipOperator(close)) {
            members.add(expressions.expression());
            if (!tokens.isOperator(close)) {
                tokens.expectOperator(",");
            }
        }
        return scope ->
                new Value.Items(members.stream().map(member -> member.in(scope)).toList());
    }

    private Expression dict() {
        Map<Expression, Expression> members = new LinkedHashMap<>();
        while (!tokens.skipOperator("}")) {
            Expression key = expressions.expression();
            tokens.expectOperator(":");
            members.put(key, expressions.expression());
            if (!tokens.isOperator("}")) {
                tokens.expectOperator(",");
            }
        }
        return scope -> {
            Map<String, Value> entries = new LinkedHashMap<>();
            members.forEach((key, value) -> entries.put(PythonText.print(key.in(scope)), value.in(scope)));
            return new Value.Dict(entries);
        };
    }
}
