package dev.cooper.languagemodel.chat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Operators on values, as Python defines them. */
final class Operations {
    private Operations() {}

    static Value add(Value left, Value right) {
        if (left instanceof Value.Text(String a) && right instanceof Value.Text(String b)) {
            return Value.of(a + b);
        }
        if (left instanceof Value.Items(List<Value> a) && right instanceof Value.Items(List<Value> b)) {
            List<Value> both = new ArrayList<>(a);
            both.addAll(b);
            return new Value.Items(List.copyOf(both));
        }
        return arithmetic("+", left, right);
    }

    static Value multiply(Value left, Value right) {
        if (left instanceof Value.Text(String text) && right instanceof Value.Whole(long times)) {
            return Value.of(text.repeat(Math.toIntExact(Math.max(0, times))));
        }
        return arithmetic("*", left, right);
    }

    static Value arithmetic(String operator, Value left, Value right) {
        if (!isNumber(left) || !isNumber(right)) {
            throw new TemplateFault("'%s' is not defined for %s and %s".formatted(operator, left.type(), right.type()));
        }
        if (left instanceof Value.Real || right instanceof Value.Real || operator.equals("/")) {
            return new Value.Real(real(operator, number(left), number(right)));
        }
        return new Value.Whole(whole(operator, index(left), index(right)));
    }

    private static long whole(String operator, long a, long b) {
        if (b == 0 && (operator.equals("//") || operator.equals("%"))) {
            throw new TemplateFault("division by zero");
        }
        return switch (operator) {
            case "+" -> Math.addExact(a, b);
            case "-" -> Math.subtractExact(a, b);
            case "*" -> Math.multiplyExact(a, b);
            case "//" -> Math.floorDiv(a, b);
            case "%" -> Math.floorMod(a, b);
            default -> throw new TemplateFault("the operator '%s' is not supported".formatted(operator));
        };
    }

    private static double real(String operator, double a, double b) {
        if (b == 0 && !"+-*".contains(operator)) {
            throw new TemplateFault("division by zero");
        }
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> a / b;
            case "//" -> Math.floor(a / b);
            case "%" -> a - Math.floor(a / b) * b;
            default -> throw new TemplateFault("the operator '%s' is not supported".formatted(operator));
        };
    }

    static Value negate(Value value) {
        return arithmetic("-", new Value.Whole(0), value);
    }

    /** Numbers are equal by value, True being 1; everything else by type and content. */
    static boolean equal(Value left, Value right) {
        if (isNumber(left) && isNumber(right)) {
            return number(left) == number(right);
        }
        if (left instanceof Value.Items(List<Value> a) && right instanceof Value.Items(List<Value> b)) {
            return a.size() == b.size() && IntStream.range(0, a.size()).allMatch(i -> equal(a.get(i), b.get(i)));
        }
        return left instanceof Value.Undefined ? right instanceof Value.Undefined : left.equals(right);
    }

    /** Less than 0, 0, or more than 0. */
    static int compare(Value left, Value right) {
        if (isNumber(left) && isNumber(right)) {
            return Double.compare(number(left), number(right));
        }
        if (left instanceof Value.Text(String a) && right instanceof Value.Text(String b)) {
            return a.compareTo(b);
        }
        throw new TemplateFault("%s and %s have no order".formatted(left.type(), right.type()));
    }

    static boolean contains(Value container, Value value) {
        return switch (container) {
            case Value.Text(String whole) when value instanceof Value.Text(String part) -> whole.contains(part);
            case Value.Items(List<Value> values) -> values.stream().anyMatch(member -> equal(member, value));
            case Value.Dict(Map<String, Value> entries) ->
                value instanceof Value.Text(String key) && entries.containsKey(key);
            case Value.Undefined _ -> false;
            case Value.Text _,
                    Value.Whole _,
                    Value.Real _,
                    Value.Flag _,
                    Value.Namespace _,
                    Value.Nothing _,
                    Value.Function _ ->
                throw new TemplateFault("'in' is not defined for %s in %s".formatted(value.type(), container.type()));
        };
    }

    /** {@code value.name}: a method of the type, else an entry. */
    static Value attribute(Value value, String name) {
        return switch (value) {
            case Value.Undefined(String what) -> throw new TemplateFault("%s is undefined".formatted(what));
            case Value.Text(String text) ->
                Methods.ofText(text, name).<Value>map(m -> m).orElseGet(() -> none(value, name));
            case Value.Dict dict ->
                Methods.ofDict(dict.entries(), name).<Value>map(m -> m).orElseGet(() -> entry(dict, name));
            case Value.Namespace(Map<String, Value> attributes) -> attributes.getOrDefault(name, none(value, name));
            case Value.Items _, Value.Whole _, Value.Real _, Value.Flag _, Value.Nothing _, Value.Function _ ->
                none(value, name);
        };
    }

    /** {@code value[key]}: an entry, else a method of the type. */
    static Value item(Value value, Value key) {
        if (value instanceof Value.Undefined(String what)) {
            throw new TemplateFault("%s is undefined".formatted(what));
        }
        if (value instanceof Value.Items(List<Value> values) && isNumber(key)) {
            long place = index(key) < 0 ? index(key) + values.size() : index(key);
            return place < 0 || place >= values.size()
                    ? new Value.Undefined("element " + index(key) + " of a list")
                    : values.get((int) place);
        }
        if (value instanceof Value.Text(String text) && isNumber(key)) {
            return item(characters(text), key);
        }
        if (key instanceof Value.Text(String name)) {
            return value instanceof Value.Dict(Map<String, Value> entries) && entries.containsKey(name)
                    ? entry((Value.Dict) value, name)
                    : attribute(value, name);
        }
        return new Value.Undefined("an element of " + value.type());
    }

    private static Value entry(Value.Dict dict, String name) {
        return dict.entries().getOrDefault(name, none(dict, name));
    }

    private static Value none(Value value, String name) {
        return new Value.Undefined("'%s' of a %s".formatted(name, value.type()));
    }

    /** {@code value[start:stop:step]}, each of which may be None. */
    static Value slice(Value value, Value start, Value stop, Value step) {
        if (value instanceof Value.Text(String text)) {
            return Value.of(elements(slice(characters(text), start, stop, step)).stream()
                    .map(PythonText::print)
                    .collect(Collectors.joining()));
        }
        if (!(value instanceof Value.Items(List<Value> values))) {
            throw new TemplateFault("a %s cannot be sliced".formatted(value.type()));
        }
        long stride = step instanceof Value.Nothing ? 1 : index(step);
        if (stride == 0) {
            throw new TemplateFault("the step of a slice must not be 0");
        }
        long size = values.size();
        long lowest = stride > 0 ? 0 : -1;
        long highest = stride > 0 ? size : size - 1;
        long from = bound(start, stride > 0 ? lowest : highest, lowest, highest, size);
        long to = bound(stop, stride > 0 ? highest : lowest, lowest, highest, size);
        long count = Math.max(0, Math.ceilDiv(to - from, stride));
        return new Value.Items(LongStream.range(0, count)
                .mapToObj(i -> values.get((int) (from + i * stride)))
                .toList());
    }

    private static long bound(Value given, long absent, long lowest, long highest, long size) {
        if (given instanceof Value.Nothing) {
            return absent;
        }
        long place = index(given) < 0 ? index(given) + size : index(given);
        return Math.clamp(place, lowest, highest);
    }

    private static Value characters(String text) {
        return new Value.Items(text.codePoints()
                .<Value>mapToObj(c -> Value.of(Character.toString(c)))
                .toList());
    }

    /** What {@code for} runs over. */
    static List<Value> elements(Value value) {
        return switch (value) {
            case Value.Items(List<Value> values) -> values;
            case Value.Dict(Map<String, Value> entries) ->
                entries.keySet().stream().<Value>map(Value::of).toList();
            case Value.Text(String text) -> elements(characters(text));
            case Value.Undefined _ -> List.of();
            case Value.Whole _, Value.Real _, Value.Flag _, Value.Namespace _, Value.Nothing _, Value.Function _ ->
                throw new TemplateFault("a %s cannot be run over".formatted(value.type()));
        };
    }

    static Value elementsOf(Collection<String> texts) {
        return new Value.Items(texts.stream().<Value>map(Value::of).toList());
    }

    static Value call(Value callee, Arguments arguments) {
        return switch (callee) {
            case Value.Function function -> function.call(arguments);
            case Value.Undefined(String what) -> throw new TemplateFault("%s is not known".formatted(what));
            default -> throw new TemplateFault("a %s cannot be called".formatted(callee.type()));
        };
    }

    static boolean isNumber(Value value) {
        return value instanceof Value.Whole || value instanceof Value.Real || value instanceof Value.Flag;
    }

    static double number(Value value) {
        return value instanceof Value.Real(double number) ? number : index(value);
    }

    static long index(Value value) {
        return switch (value) {
            case Value.Whole(long number) -> number;
            case Value.Flag(boolean set) -> set ? 1 : 0;
            default -> throw new TemplateFault("a whole number is needed, not a " + value.type());
        };
    }
}
