package dev.cooper.languagemodel.chat;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code json.dumps} without escapes of what is not ASCII, as Transformers' {@code tojson} calls it. */
final class PythonJson {
    private final StringBuilder out = new StringBuilder();
    private final Optional<Long> indent;

    private PythonJson(Optional<Long> indent) {
        this.indent = indent;
    }

    static String write(Value value, Optional<Long> indent) {
        PythonJson json = new PythonJson(indent);
        json.append(value, 0);
        return json.out.toString();
    }

    private void append(Value value, int depth) {
        switch (value) {
            case Value.Text(String text) -> string(text);
            case Value.Flag(boolean set) -> out.append(set);
            case Value.Nothing _ -> out.append("null");
            case Value.Whole _, Value.Real _ -> out.append(PythonText.print(value));
            case Value.Items(List<Value> values) -> members('[', values, ']', depth, v -> append(v, depth + 1));
            case Value.Dict(Map<String, Value> entries) ->
                members('{', entries.entrySet(), '}', depth, entry -> {
                    string(entry.getKey());
                    out.append(": ");
                    append(entry.getValue(), depth + 1);
                });
            case Value.Undefined _, Value.Namespace _, Value.Function _ ->
                throw new TemplateFault("a %s cannot be written as JSON".formatted(value.type()));
        }
    }

    private <T> void members(char open, Iterable<T> members, char close, int depth, Consumer<T> append) {
        out.append(open);
        Iterator<T> rest = members.iterator();
        boolean some = rest.hasNext();
        while (rest.hasNext()) {
            newLine(depth + 1);
            append.accept(rest.next());
            if (rest.hasNext()) {
                out.append(indent.isPresent() ? "," : ", ");
            }
        }
        if (some) {
            newLine(depth);
        }
        out.append(close);
    }

    private void newLine(int depth) {
        indent.ifPresent(spaces -> out.append('\n').append(" ".repeat(Math.toIntExact(spaces * depth))));
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < ' ') {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
