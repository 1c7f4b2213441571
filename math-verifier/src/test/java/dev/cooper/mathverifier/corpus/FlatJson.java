package dev.cooper.mathverifier.corpus;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one JSON object whose values are strings, booleans, numbers or arrays of strings. */
public final class FlatJson {
    private final String text;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private int at;

    public FlatJson(String text) {
        this.text = text;
        expect('{');
        do {
            String name = string();
            expect(':');
            if (fields.put(name, value()) != null) {
                throw failure("the field " + name + " stands twice");
            }
        } while (accept(','));
        expect('}');
        if (at != text.length()) {
            throw failure("text behind the object");
        }
    }

    /** The value of a field; a list's first string; "null", "true" and numbers as they are written. */
    public Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    LabelledPair pair() {
        if (!fields.keySet().equals(Set.of("id", "kind", "gold", "pred", "label", "why"))) {
            throw failure("fields " + fields.keySet());
        }
        boolean label = switch (required("label")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw failure("label is neither true nor false");
        };
        return new LabelledPair(
                required("id"), required("kind"), required("gold"), required("pred"), label, required("why"));
    }

    private String required(String name) {
        return field(name).orElseThrow(() -> failure("no field " + name));
    }

    private String value() {
        skipSpaces();
        return switch (text.charAt(at)) {
            case '"' -> string();
            case '[' -> firstOfArray();
            case '{' -> throw failure("an object in an object");
            default -> word();
        };
    }

    private String firstOfArray() {
        expect('[');
        if (accept(']')) {
            return "";
        }
        String first = value();
        while (accept(',')) {
            value();
        }
        expect(']');
        return first;
    }

    private String word() {
        int begin = at;
        while (at < text.length() && ",]} ".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(begin, at);
    }

    private String string() {
        expect('"');
        var value = new StringBuilder();
        while (text.charAt(at) != '"') {
            char c = text.charAt(at++);
            value.append(c == '\\' ? escaped() : c);
        }
        at++;
        return value.toString();
    }

    private char escaped() {
        char c = text.charAt(at++);
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                at += 4;
                yield (char) Integer.parseInt(text, at - 4, at, 16);
            }
            case '"', '\\', '/' -> c;
            default -> throw failure("the escape \\" + c);
        };
    }

    private boolean accept(char c) {
        skipSpaces();
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) {
        if (!accept(c)) {
            throw failure("no '" + c + "'");
        }
    }

    private void skipSpaces() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private IllegalArgumentException failure(String detail) {
        return new IllegalArgumentException(
                detail + " at " + at + " in " + text.substring(0, Math.min(text.length(), 200)));
    }
}
