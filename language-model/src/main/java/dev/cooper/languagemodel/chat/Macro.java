package dev.cooper.languagemodel.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A part of a template that is called by name, and sees the variables of the place where it is defined. */
record Macro(String name, List<Parameter> parameters, Node body, Scope definition) implements Value.Function {
    /** A parameter, and its value where none is given. */
    record Parameter(String name, Optional<Expression> otherwise) {}

    static List<Parameter> parameters(TokenReader tokens) {
        List<Parameter> parameters = new ArrayList<>();
        tokens.expectOperator("(");
        while (!tokens.skipOperator(")")) {
            String name = tokens.name();
            parameters.add(new Parameter(
                    name,
                    tokens.skipOperator("=")
                            ? Optional.of(new ExpressionParser(tokens).expression())
                            : Optional.empty()));
            if (!tokens.isOperator(")")) {
                tokens.expectOperator(",");
            }
        }
        return parameters;
    }

    @Override
    public Value call(Arguments arguments) {
        arguments.atMost(parameters.size());
        Scope scope = definition.inner();
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            scope.set(
                    parameter.name,
                    arguments
                            .find(i, parameter.name)
                            .or(() -> parameter.otherwise.map(value -> value.in(definition)))
                            .orElseGet(() -> new Value.Undefined("'" + parameter.name + "'")));
        }
        StringBuilder out = new StringBuilder();
        body.render(scope, out);
        return Value.of(out.toString());
    }

    @Override
    public String toString() { // not its scope, which holds the macro
        return "macro " + name;
    }
}
