package dev.cooper.languagemodel.chat;

import java.util.Map;
import java.util.Optional;

/** Jinja's tests, what follows {@code is}, as far as chat templates use them. */
final class Tests {
    private static final Map<String, Test> ALL = Map.ofEntries(
            Map.entry("defined", (v, a) -> !(v instanceof Value.Undefined)),
            Map.entry("undefined", (v, a) -> v instanceof Value.Undefined),
            Map.entry("none", (v, a) -> v instanceof Value.Nothing),
            Map.entry("string", (v, a) -> v instanceof Value.Text),
            Map.entry("number", (v, a) -> Operations.isNumber(v)),
            Map.entry("integer", (v, a) -> v instanceof Value.Whole),
            Map.entry("float", (v, a) -> v instanceof Value.Real),
            Map.entry("boolean", (v, a) -> v instanceof Value.Flag),
            Map.entry("true", (v, a) -> v instanceof Value.Flag(boolean set) && set),
            Map.entry("false", (v, a) -> v instanceof Value.Flag(boolean set) && !set),
            Map.entry("mapping", (v, a) -> v instanceof Value.Dict),
            Map.entry("iterable", (v, a) -> v instanceof Value.Undefined || isSequence(v)),
            Map.entry("sequence", (v, a) -> isSequence(v)),
            Map.entry("callable", (v, a) -> v instanceof Value.Function),
            Map.entry("odd", (v, a) -> Math.floorMod(Operations.index(v), 2L) == 1),
            Map.entry("even", (v, a) -> Math.floorMod(Operations.index(v), 2L) == 0),
            Map.entry("divisibleby", (v, a) -> Operations.index(v) % Operations.index(a.require(0, "num")) == 0),
            Map.entry("eq", (v, a) -> Operations.equal(v, a.require(0, "other"))),
            Map.entry("equalto", (v, a) -> Operations.equal(v, a.require(0, "other"))),
            Map.entry("sameas", (v, a) -> v.equals(a.require(0, "other"))),
            Map.entry("ne", (v, a) -> !Operations.equal(v, a.require(0, "other"))),
            Map.entry("lt", (v, a) -> Operations.compare(v, a.require(0, "other")) < 0),
            Map.entry("gt", (v, a) -> Operations.compare(v, a.require(0, "other")) > 0),
            Map.entry("in", (v, a) -> Operations.contains(a.require(0, "seq"), v)));

    private Tests() {}

    /** One test. */
    @FunctionalInterface
    interface Test {
        boolean holds(Value value, Arguments arguments);
    }

    static Test named(int line, String name) {
        return Optional.ofNullable(ALL.get(name))
                .orElseThrow(() -> new TemplateFault(line, "the test '%s' is not supported".formatted(name)));
    }

    private static boolean isSequence(Value value) {
        return value instanceof Value.Text || value instanceof Value.Items || value instanceof Value.Dict;
    }
}
