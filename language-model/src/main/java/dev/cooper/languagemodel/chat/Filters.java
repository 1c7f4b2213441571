package dev.cooper.languagemodel.chat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Jinja's filters, as far as chat templates use them. */
final class Filters {
    private static final Map<String, Filter> ALL = Map.ofEntries(
            Map.entry("trim", (v, a) -> Value.of(Methods.strip(PythonText.print(v), Methods.cut(a)))),
            Map.entry("length", (v, a) -> length(v)),
            Map.entry("count", (v, a) -> length(v)),
            Map.entry("upper", (v, a) -> Value.of(PythonText.print(v).toUpperCase(Locale.ROOT))),
            Map.entry("lower", (v, a) -> Value.of(PythonText.print(v).toLowerCase(Locale.ROOT))),
            Map.entry("title", (v, a) -> Value.of(PythonText.title(PythonText.print(v)))),
            Map.entry("capitalize", (v, a) -> Value.of(PythonText.capitalize(PythonText.print(v)))),
            Map.entry("string", (v, a) -> Value.of(PythonText.print(v))),
            Map.entry("safe", (v, a) -> v),
            Map.entry("replace", (v, a) -> Methods.replace(PythonText.print(v), a.atMost(2))),
            Map.entry("join", Filters::join),
            Map.entry("first", (v, a) -> Operations.item(list(v), Value.of(0))),
            Map.entry("last", (v, a) -> Operations.item(list(v), Value.of(-1))),
            Map.entry("list", (v, a) -> list(v)),
            Map.entry(
                    "reverse",
                    (v, a) -> Operations.slice(reversible(v), Value.Nothing.NONE, Value.Nothing.NONE, Value.of(-1))),
            Map.entry("items", (v, a) -> items(v)),
            Map.entry("int", (v, a) -> whole(v, a.atMost(1))),
            Map.entry("abs", (v, a) -> Operations.number(v) < 0 ? Operations.negate(v) : v),
            Map.entry("default", Filters::orDefault),
            Map.entry("d", Filters::orDefault),
            Map.entry(
                    "tojson", (v, a) -> Value.of(PythonJson.write(v, a.atMost(1).whole(0, "indent")))),
            Map.entry("map", Filters::map),
            Map.entry("selectattr", (v, a) -> select(v, attributeTest(a))),
            Map.entry("rejectattr", (v, a) -> select(v, attributeTest(a).negate())),
            Map.entry("select", (v, a) -> select(v, test(a, 0))),
            Map.entry("reject", (v, a) -> select(v, test(a, 0).negate())));

    private Filters() {}

    /** One filter. */
    @FunctionalInterface
    interface Filter {
        Value apply(Value value, Arguments arguments);
    }

    static Filter named(int line, String name) {
        return Optional.ofNullable(ALL.get(name))
                .orElseThrow(() -> new TemplateFault(line, "the filter '%s' is not supported".formatted(name)));
    }

    private static Value length(Value value) {
        return Value.of(Operations.elements(value).size());
    }

    private static Value list(Value value) {
        return value instanceof Value.Items ? value : new Value.Items(Operations.elements(value));
    }

    private static Value reversible(Value value) {
        return value instanceof Value.Text ? value : list(value);
    }

    private static Value items(Value value) {
        return switch (value) {
            case Value.Dict dict -> Methods.pairs(dict.entries());
            case Value.Undefined _ -> new Value.Items(List.of());
            default -> throw new TemplateFault("'items' needs a dict, not a " + value.type());
        };
    }

    private static Value join(Value value, Arguments arguments) {
        String separator = arguments.text(0, "d").orElse("");
        Optional<String> attribute = arguments.text(1, "attribute");
        return Value.of(Operations.elements(value).stream()
                .map(v -> attribute.map(name -> path(v, name)).orElse(v))
                .map(PythonText::print)
                .collect(Collectors.joining(separator)));
    }

    private static Value whole(Value value, Arguments arguments) {
        Value otherwise = arguments.find(0, "default").orElse(Value.of(0));
        if (value instanceof Value.Text(String text)) {
            try {
                return Value.of(Long.parseLong(text.strip()));
            } catch (NumberFormatException _) {
                return otherwise; // as Jinja's filter promises
            }
        }
        return Operations.isNumber(value) ? Value.of((long) Operations.number(value)) : otherwise;
    }

    private static Value orDefault(Value value, Arguments arguments) {
        boolean ofFalse = arguments.find(1, "boolean").map(Value::truth).orElse(false);
        boolean absent = value instanceof Value.Undefined || (ofFalse && !value.truth());
        return absent ? arguments.find(0, "default_value").orElse(Value.of("")) : value;
    }

    private static Value map(Value value, Arguments arguments) {
        Optional<String> attribute =
                Optional.ofNullable(arguments.named().get("attribute")).map(PythonText::print);
        Filter filter = attribute
                .<Filter>map(name -> (v, a) -> path(v, name))
                .orElseGet(() -> named(0, arguments.requireText(0, "name")));
        Arguments rest = attribute.isPresent() ? Arguments.NONE : arguments.from(1);
        return new Value.Items(Operations.elements(value).stream()
                .map(v -> filter.apply(v, rest))
                .toList());
    }

    private static Value select(Value value, Predicate<Value> kept) {
        return new Value.Items(Operations.elements(value).stream().filter(kept).toList());
    }

    private static Predicate<Value> attributeTest(Arguments arguments) {
        String attribute = arguments.requireText(0, "attribute");
        Predicate<Value> test = test(arguments, 1);
        return value -> test.test(path(value, attribute));
    }

    private static Predicate<Value> test(Arguments arguments, int place) {
        if (place >= arguments.positional().size()) {
            return Value::truth;
        }
        Tests.Test test = Tests.named(0, arguments.requireText(place, "test"));
        return value -> test.holds(value, arguments.from(place + 1));
    }

    private static Value path(Value value, String names) {
        Value found = value;
        for (String name : names.split("\\.", -1)) {
            found = Operations.item(found, Value.of(name));
        }
        return found;
    }
}
