package dev.cooper.languagemodel.chat;

import java.util.List;
import java.util.Map;

/** What a template's expressions compute, with the meaning that Python and Jinja give it. */
sealed interface Value {
    /** A string. */
    record Text(String text) implements Value {}

    /** An integer. */
    record Whole(long number) implements Value {}

    /** A float. */
    record Real(double number) implements Value {}

    /** True or False. */
    record Flag(boolean set) implements Value {}

    /** A list or a tuple. */
    record Items(List<Value> values) implements Value {}

    /** A dict, in the order in which it was made. */
    record Dict(Map<String, Value> entries) implements Value {}

    /** What {@code namespace()} makes: attributes that can be set from inside a loop. */
    record Namespace(Map<String, Value> attributes) implements Value {}

    /** None. */
    enum Nothing implements Value {
        /** The only one. */
        NONE
    }

    /** What is not there: prints as nothing, and may be asked for nothing. */
    record Undefined(String what) implements Value {}

    /** What can be called. */
    non-sealed interface Function extends Value {
        Value call(Arguments arguments);
    }

    static Value of(boolean set) {
        return new Flag(set);
    }

    static Value of(String text) {
        return new Text(text);
    }

    static Value of(long number) {
        return new Whole(number);
    }

    /** Whether it counts as true. */
    default boolean truth() {
        return switch (this) {
            case Text text -> !text.text.isEmpty();
            case Whole whole -> whole.number != 0;
            case Real real -> real.number != 0;
            case Flag flag -> flag.set;
            case Items items -> !items.values.isEmpty();
            case Dict dict -> !dict.entries.isEmpty();
            case Namespace _, Function _ -> true;
            case Nothing _, Undefined _ -> false;
        };
    }

    /** Python's name of the type, for messages. */
    default String type() {
        return switch (this) {
            case Text _ -> "str";
            case Whole _ -> "int";
            case Real _ -> "float";
            case Flag _ -> "bool";
            case Items _ -> "list";
            case Dict _ -> "dict";
            case Namespace _ -> "namespace";
            case Function _ -> "function";
            case Nothing _ -> "NoneType";
            case Undefined undefined -> "undefined (%s)".formatted(undefined.what);
        };
    }
}
