package dev.cooper.languagemodel.chat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Methods of Python's strings and dicts that templates call. Those that would change a value are not there. */
final class Methods {
    private static final String CHARACTERS = "chars";

    private Methods() {}

    static Optional<Value.Function> ofText(String text, String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "strip" -> a -> Value.of(strip(text, cut(a)));
                    case "lstrip" -> a -> Value.of(PythonText.stripStart(text, cut(a)));
                    case "rstrip" -> a -> Value.of(PythonText.stripEnd(text, cut(a)));
                    case "split" -> a -> split(text, a.atMost(2));
                    case "startswith" ->
                        a -> Value.of(text.startsWith(a.atMost(1).requireText(0, "prefix")));
                    case "endswith" -> a -> Value.of(text.endsWith(a.atMost(1).requireText(0, "suffix")));
                    case "replace" -> a -> replace(text, a.atMost(2));
                    case "find" -> a -> Value.of(find(text, a.atMost(1).requireText(0, "sub")));
                    case "join" -> a -> Value.of(join(text, a.atMost(1).require(0, "iterable")));
                    case "upper" -> a -> Value.of(nothing(text, a).toUpperCase(Locale.ROOT));
                    case "lower" -> a -> Value.of(nothing(text, a).toLowerCase(Locale.ROOT));
                    case "title" -> a -> Value.of(PythonText.title(nothing(text, a)));
                    case "capitalize" -> a -> Value.of(PythonText.capitalize(nothing(text, a)));
                    default -> null;
                });
    }

    static Optional<Value.Function> ofDict(Map<String, Value> entries, String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "items" -> a -> pairs(entries);
                    case "keys" -> a -> Operations.elementsOf(entries.keySet());
                    case "values" -> a -> new Value.Items(List.copyOf(entries.values()));
                    case "get" -> a -> get(entries, a.atMost(2));
                    default -> null;
                });
    }

    static String strip(String text, IntPredicate cut) {
        return PythonText.stripEnd(PythonText.stripStart(text, cut), cut);
    }

    /** The characters that a strip takes away: those of its argument, whitespace by default. */
    static IntPredicate cut(Arguments arguments) {
        Optional<String> characters = arguments.atMost(1).text(0, CHARACTERS);
        return characters.isEmpty()
                ? PythonText::isSpace
                : codePoint -> characters.get().indexOf(codePoint) >= 0;
    }

    private static String nothing(String text, Arguments arguments) {
        arguments.atMost(0);
        return text;
    }

    private static Value split(String text, Arguments arguments) {
        long most = arguments.whole(1, "maxsplit").orElse(-1L);
        List<String> parts = arguments
                .text(0, "sep")
                .map(separator -> PythonText.split(text, separator, most))
                .orElseGet(() -> PythonText.words(text));
        return Operations.elementsOf(parts);
    }

    static Value replace(String text, Arguments arguments) {
        return Value.of(text.replace(arguments.requireText(0, "old"), arguments.requireText(1, "new")));
    }

    private static long find(String text, String part) {
        int at = text.indexOf(part);
        return at < 0 ? -1 : text.codePointCount(0, at);
    }

    private static String join(String separator, Value values) {
        return String.join(
                separator,
                Operations.elements(values).stream()
                        .map(value -> new Arguments(List.of(value), Map.of()).requireText(0, "element"))
                        .toList());
    }

    static Value pairs(Map<String, Value> entries) {
        return new Value.Items(entries.entrySet().stream()
                .<Value>map(entry -> new Value.Items(List.of(Value.of(entry.getKey()), entry.getValue())))
                .toList());
    }

    private static Value get(Map<String, Value> entries, Arguments arguments) {
        Value otherwise = arguments.find(1, "default").orElse(Value.Nothing.NONE);
        return entries.getOrDefault(arguments.requireText(0, "key"), otherwise);
    }
}
