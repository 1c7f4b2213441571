package dev.cooper.languagemodel.chat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The arguments that a template writes for a function, filter or test. */
record Call(List<Expression> positional, Map<String, Expression> named) {
    static final Call NONE = new Call(List.of(), Map.of());

    Arguments in(Scope scope) {
        Map<String, Value> values = new LinkedHashMap<>();
        named.forEach((name, value) -> values.put(name, value.in(scope)));
        return new Arguments(positional.stream().map(value -> value.in(scope)).toList(), values);
    }
}
