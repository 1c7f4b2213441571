package dev.cooper.languagemodel.chat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code for}. What is set in its body is gone after each turn, as in Jinja.
 *
 * @param targets names that the element, or its parts, are given
 * @param over what it runs over
 * @param kept which elements are taken
 * @param otherwise what is printed where there are none
 */
record Loop(List<String> targets, Expression over, Expression kept, Node body, Node otherwise) implements Node {
    @Override
    public Flow render(Scope scope, StringBuilder out) {
        List<Value> elements = Operations.elements(over.in(scope)).stream()
                .filter(element -> kept.in(turn(scope, element)).truth())
                .toList();
        if (elements.isEmpty()) {
            return otherwise.render(scope.inner(), out);
        }
        for (int i = 0; i < elements.size(); i++) {
            Scope turn = turn(scope, elements.get(i));
            turn.set("loop", state(elements, i));
            if (body.render(turn, out) == Flow.BREAK) {
                break;
            }
        }
        return Flow.NEXT;
    }

    private Scope turn(Scope scope, Value element) {
        Scope turn = scope.inner();
        assign(turn, targets, element);
        return turn;
    }

    /** Gives one name a value, or each of several its part. */
    static void assign(Scope scope, List<String> names, Value value) {
        if (names.size() == 1) {
            scope.set(names.getFirst(), value);
            return;
        }
        List<Value> parts = Operations.elements(value);
        if (parts.size() != names.size()) {
            throw new TemplateFault("%d values for the names %s".formatted(parts.size(), names));
        }
        for (int i = 0; i < names.size(); i++) {
            scope.set(names.get(i), parts.get(i));
        }
    }

    private static Value state(List<Value> elements, int place) {
        int size = elements.size();
        Map<String, Value> state = new LinkedHashMap<>();
        state.put("index", Value.of(place + 1));
        state.put("index0", Value.of(place));
        state.put("revindex", Value.of(size - place));
        state.put("revindex0", Value.of(size - place - 1));
        state.put("first", Value.of(place == 0));
        state.put("last", Value.of(place == size - 1));
        state.put("length", Value.of(size));
        state.put("previtem", place > 0 ? elements.get(place - 1) : new Value.Undefined("the item before the first"));
        state.put(
                "nextitem",
                place + 1 < size ? elements.get(place + 1) : new Value.Undefined("the item behind the last"));
        state.put("cycle", (Value.Function)
                a -> a.positional().get(place % a.positional().size()));
        return new Value.Namespace(state);
    }
}
