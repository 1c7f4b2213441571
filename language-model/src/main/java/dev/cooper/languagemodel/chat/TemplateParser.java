package dev.cooper.languagemodel.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the statements of a template. */
final class TemplateParser {
    private static final Node EMPTY = Node.all(List.of());

    private final List<Section> sections;
    private int at;
    private String ending = "";
    private TokenReader endingTokens = new TokenReader(List.of());

    private TemplateParser(List<Section> sections) {
        this.sections = sections;
    }

    static Node parse(String template) {
        return new TemplateParser(TemplateLexer.read(template)).body(0, Set.of());
    }

    /** What comes before one of the statements that end it; {@link #ending} is the one that did. */
    private Node body(int line, Set<String> ends) {
        List<Node> nodes = new ArrayList<>();
        while (at < sections.size()) {
            switch (sections.get(at++)) {
                case Section.Plain(String text) -> nodes.add(Node.text(text));
                case Section.Output(int place, List<Token> tokens) ->
                    nodes.add(output(new TokenReader(tokens)).at(place));
                case Section.Statement(int place, List<Token> tokens) -> {
                    TokenReader reader = new TokenReader(tokens);
                    String name = reader.name();
                    if (ends.contains(name)) {
                        ending = name;
                        endingTokens = reader;
                        return Node.all(nodes);
                    }
                    nodes.add(statement(place, name, reader).at(place));
                }
            }
        }
        if (!ends.isEmpty()) {
            throw new TemplateFault(line, "a statement is not closed by one of " + ends);
        }
        return Node.all(nodes);
    }

    private static Node output(TokenReader tokens) {
        Expression value = whole(tokens);
        return (scope, out) -> {
            out.append(PythonText.print(value.in(scope)));
            return Node.Flow.NEXT;
        };
    }

    /** An expression up to the end of the tag. */
    private static Expression whole(TokenReader tokens) {
        Expression value = new ExpressionParser(tokens).expression();
        tokens.expectEnd();
        return value;
    }

    private Node statement(int line, String name, TokenReader tokens) {
        return switch (name) {
            case "if" -> condition(line, tokens);
            case "for" -> loop(line, tokens);
            case "set" -> assignment(line, tokens);
            case "macro" -> macro(line, tokens);
            case "generation" -> generation(line, tokens); // Transformers' mark of what an assistant said
            case "break" -> flow(tokens, Node.Flow.BREAK);
            case "continue" -> flow(tokens, Node.Flow.CONTINUE);
            default -> throw new TemplateFault(line, "the statement '%s' is not supported".formatted(name));
        };
    }

    private Node condition(int line, TokenReader tokens) {
        Expression condition = whole(tokens);
        Node chosen = body(line, Set.of("elif", "else", "endif"));
        Node otherwise = switch (ending) {
            case "elif" -> condition(line, endingTokens).at(endingTokens.line());
            case "else" -> body(line, Set.of("endif"));
            default -> EMPTY;
        };
        return (scope, out) -> (condition.in(scope).truth() ? chosen : otherwise).render(scope, out);
    }

    private Node loop(int line, TokenReader tokens) {
        List<String> targets = names(tokens);
        tokens.expectName("in");
        ExpressionParser parser = new ExpressionParser(tokens);
        Expression over = parser.disjunction();
        Expression kept = tokens.skipName("if") ? parser.expression() : _ -> Value.of(true);
        tokens.expectEnd();
        Node body = body(line, Set.of("else", "endfor"));
        Node otherwise = ending.equals("else") ? body(line, Set.of("endfor")) : EMPTY;
        return new Loop(targets, over, kept, body, otherwise);
    }

    /** {@code a}, {@code a, b} or {@code (a, b)}. */
    private static List<String> names(TokenReader tokens) {
        boolean enclosed = tokens.skipOperator("(");
        List<String> names = new ArrayList<>(List.of(tokens.name()));
        while (tokens.skipOperator(",")) {
            names.add(tokens.name());
        }
        if (enclosed) {
            tokens.expectOperator(")");
        }
        return names;
    }

    private Node assignment(int line, TokenReader tokens) {
        if (tokens.isNameThen(".")) {
            return attribute(tokens);
        }
        List<String> targets = names(tokens);
        if (tokens.atEnd() && targets.size() == 1) {
            return captured(line, targets.getFirst());
        }
        tokens.expectOperator("=");
        Expression value = whole(tokens);
        return (scope, out) -> {
            Loop.assign(scope, targets, value.in(scope));
            return Node.Flow.NEXT;
        };
    }

    /** {@code set namespace.name = value}. */
    private static Node attribute(TokenReader tokens) {
        String namespace = tokens.name();
        tokens.expectOperator(".");
        String name = tokens.name();
        tokens.expectOperator("=");
        Expression value = whole(tokens);
        return (scope, out) -> {
            Value target = scope.get(namespace);
            if (!(target instanceof Value.Namespace found)) {
                throw new TemplateFault(
                        "'%s' is a %s; only a namespace's attributes can be set".formatted(namespace, target.type()));
            }
            found.attributes().put(name, value.in(scope));
            return Node.Flow.NEXT;
        };
    }

    /** {@code set name} with what is printed up to {@code endset}. */
    private Node captured(int line, String name) {
        Node body = body(line, Set.of("endset"));
        return (scope, out) -> {
            StringBuilder text = new StringBuilder();
            Node.Flow flow = body.render(scope.inner(), text);
            scope.set(name, Value.of(text.toString()));
            return flow;
        };
    }

    private Node macro(int line, TokenReader tokens) {
        String name = tokens.name();
        List<Macro.Parameter> parameters = Macro.parameters(tokens);
        tokens.expectEnd();
        Node body = body(line, Set.of("endmacro"));
        return (scope, out) -> {
            scope.set(name, new Macro(name, parameters, body, scope));
            return Node.Flow.NEXT;
        };
    }

    private Node generation(int line, TokenReader tokens) {
        tokens.expectEnd();
        return body(line, Set.of("endgeneration"));
    }

    private static Node flow(TokenReader tokens, Node.Flow flow) {
        tokens.expectEnd();
        return (scope, out) -> flow;
    }
}
