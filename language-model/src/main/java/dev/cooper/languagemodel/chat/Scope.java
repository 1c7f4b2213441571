package dev.cooper.languagemodel.chat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables that an expression sees: those of a loop or macro, and around it those of the template. */
final class Scope {
    private final @Nullable Scope around;
    private final Map<String, Value> values = new HashMap<>();

    private Scope(@Nullable Scope around) {
        this.around = around;
    }

    static Scope of(Map<String, Value> variables) {
        Scope scope = new Scope(null);
        scope.values.putAll(variables);
        return scope;
    }

    /** A scope inside this one; what is set there is gone with it. */
    Scope inner() {
        return new Scope(this);
    }

    Value get(String name) {
        for (Scope scope = this; scope != null; scope = scope.around) {
            Value value = scope.values.get(name);
            if (value != null) {
                return value;
            }
        }
        return new Value.Undefined("'" + name + "'");
    }

    void set(String name, Value value) {
        values.put(name, value);
    }
}
