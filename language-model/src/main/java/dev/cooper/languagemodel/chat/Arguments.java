package dev.cooper.languagemodel.chat;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a function, filter or test is called with. */
record Arguments(List<Value> positional, Map<String, Value> named) {
    static final Arguments NONE = new Arguments(List.of(), Map.of());

    /** The argument at a place, or with a name. */
    Optional<Value> find(int place, String name) {
        return place < positional.size() ? Optional.of(positional.get(place)) : Optional.ofNullable(named.get(name));
    }

    Value require(int place, String name) {
        return find(place, name).orElseThrow(() -> new TemplateFault("the argument '%s' is missing".formatted(name)));
    }

    /** The argument as a string. */
    Optional<String> text(int place, String name) {
        return find(place, name)
                .filter(value -> !(value instanceof Value.Nothing))
                .map(Arguments::asText);
    }

    String requireText(int place, String name) {
        return asText(require(place, name));
    }

    private static String asText(Value value) {
        if (value instanceof Value.Text text) {
            return text.text();
        }
        throw new TemplateFault("a str is needed, not " + value.type());
    }

    /** The argument as an integer. */
    Optional<Long> whole(int place, String name) {
        return find(place, name)
                .filter(value -> !(value instanceof Value.Nothing))
                .map(Operations::index);
    }

    /** The arguments behind the first ones. */
    Arguments from(int count) {
        return new Arguments(positional.subList(Math.min(count, positional.size()), positional.size()), named);
    }

    /** Refuses arguments that nobody would read. */
    Arguments atMost(int count) {
        if (positional.size() + named.size() > count) {
            throw new TemplateFault(
                    "%d arguments are given, %d at most are known".formatted(positional.size() + named.size(), count));
        }
        return this;
    }
}
