package dev.cooper.platform.spec;

import dev.cooper.platform.failure.BadInputException.FieldProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads one object of a document, key by key, and notes every problem instead of stopping at the first. What cannot be
 * read comes back as its default, so that reading goes on; whoever reads must look at the problems before using it.
 */
public final class Fields {

    private final @Nullable JsonNode node;
    private final String path;
    private final List<FieldProblem> problems;
    private final Set<String> known = new LinkedHashSet<>();

    public Fields(@Nullable JsonNode node, String path, List<FieldProblem> problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
    }

    public boolean has(String key) {
        known.add(key);
        return find(key) != null;
    }

    public String text(String key, String fallback) {
        JsonNode value = take(key);
        if (value == null) {
            return fallback;
        }
        if (!value.isString()) {
            problem(key, "must be a text, got " + show(value) + "; put a text in quotes");
            return fallback;
        }
        return value.stringValue();
    }

    public String requiredText(String key, String what) {
        JsonNode value = take(key);
        if (value == null) {
            problem(key, "is missing: give " + what);
            return "";
        }
        String text = text(key, "");
        if (value.isString() && text.isBlank()) {
            problem(key, "is blank: give " + what);
        }
        return text;
    }

    public List<String> texts(String key, List<String> fallback) {
        JsonNode value = take(key);
        if (value == null) {
            return fallback;
        }
        if (!value.isArray()) {
            problem(key, "must be a list of texts, such as [\"\\n\\n\"], got " + show(value));
            return fallback;
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            JsonNode item = value.get(i);
            if (item.isString() && !item.stringValue().isEmpty()) {
                texts.add(item.stringValue());
            } else {
                problem(key + "[" + i + "]", "must be a text that is not empty, got " + show(item));
            }
        }
        return List.copyOf(texts);
    }

    public boolean flag(String key, boolean fallback) {
        JsonNode value = take(key);
        if (value == null) {
            return fallback;
        }
        if (!value.isBoolean()) {
            problem(key, "must be true or false, got " + show(value));
            return fallback;
        }
        return value.booleanValue();
    }

    public int requiredWhole(String key, long least, long most, String what) {
        if (take(key) == null) {
            problem(key, "is missing: give " + what + ", a whole number from " + least + " to " + most);
            return (int) least;
        }
        return (int) whole(key, least, least, most);
    }

    public int whole(String key, int fallback, int least, int most) {
        return (int) whole(key, (long) fallback, least, most);
    }

    public long whole(String key, long fallback, long least, long most) {
        JsonNode value = take(key);
        if (value == null) {
            return fallback;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            problem(key, "must be a whole number, got " + show(value));
            return fallback;
        }
        long number = value.longValue();
        if (number < least || number > most) {
            problem(key, "must be from " + least + " to " + most + ", got " + number);
            return fallback;
        }
        return number;
    }

    public double number(String key, double fallback, Range range) {
        JsonNode value = take(key);
        if (value == null) {
            return fallback;
        }
        Optional<Double> number = asNumber(value);
        if (number.isEmpty()) {
            problem(key, "must be a number, got " + show(value));
            return fallback;
        }
        if (!range.contains(number.get())) {
            problem(key, "must be " + range + ", got " + show(value));
            return fallback;
        }
        return number.get();
    }

    /** YAML readers take {@code 1e-6}, which has no point, for a text. */
    private static Optional<Double> asNumber(JsonNode value) {
        if (value.isNumber()) {
            return Optional.of(value.doubleValue());
        }
        if (value.isString() && value.stringValue().matches("[-+]?\\d+(\\.\\d*)?[eE][-+]?\\d+")) {
            return Optional.of(Double.parseDouble(value.stringValue()));
        }
        return Optional.empty();
    }

    public Duration duration(String key, Duration fallback) {
        JsonNode value = take(key);
        if (value == null) {
            return fallback;
        }
        Optional<Duration> duration =
                value.isString() ? Durations.parse(value.stringValue()) : Optional.<Duration>empty();
        if (duration.isEmpty()) {
            problem(key, "must be a time with its unit, such as 90s, 2m or 1h, got " + show(value));
            return fallback;
        }
        return duration.get();
    }

    public <E> E choice(String key, E fallback, Map<String, E> choices) {
        JsonNode value = take(key);
        if (value == null) {
            return fallback;
        }
        E chosen = value.isString() ? choices.get(value.stringValue()) : null;
        if (chosen == null) {
            String meant = value.isString() ? didYouMean(value.stringValue(), choices.keySet()) : "";
            problem(key, "must be one of " + String.join(", ", choices.keySet()) + ", got " + show(value) + meant);
            return fallback;
        }
        return chosen;
    }

    /** The object under this key; one without fields when it is absent, so that its required fields are reported. */
    public Fields object(String key) {
        JsonNode value = take(key);
        if (value != null && !value.isObject()) {
            problem(key, "must be a section of its own with fields under it, got " + show(value));
            return new Fields(null, at(key), new ArrayList<>());
        }
        return new Fields(value, at(key), problems);
    }

    public Optional<Fields> optionalObject(String key) {
        return take(key) == null ? Optional.empty() : Optional.of(object(key));
    }

    /** Whether a list stands under this key, where a section may stand as well. */
    public boolean isList(String key) {
        JsonNode value = take(key);
        return value != null && value.isArray();
    }

    /** The objects in the list under this key; none when it is absent. */
    public List<Fields> objects(String key) {
        JsonNode value = take(key);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray()) {
            problem(key, "must be a list of sections, got " + show(value));
            return List.of();
        }
        List<Fields> objects = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            String item = key + "[" + i + "]";
            if (value.get(i).isObject()) {
                objects.add(new Fields(value.get(i), at(item), problems));
            } else {
                problem(item, "must be a section of its own with fields under it, got " + show(value.get(i)));
            }
        }
        return List.copyOf(objects);
    }

    /** The keys of this object, as they stand there. */
    public List<String> keys() {
        return node == null ? List.of() : List.copyOf(node.propertyNames());
    }

    /** Whether nothing was found wrong under this key so far. */
    public boolean isClean(String key) {
        String at = at(key);
        return problems.stream()
                .noneMatch(
                        problem -> problem.field().equals(at) || problem.field().startsWith(at + "."));
    }

    public void problem(String key, String message) {
        problems.add(new FieldProblem(at(key), message));
    }

    public String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** Reports the keys that nobody asked for. Call it after all fields have been read. */
    public void refuseUnknown() {
        if (node == null) {
            return;
        }
        for (String key : node.propertyNames()) {
            if (!known.contains(key)) {
                String meant = didYouMean(key, known);
                String fix = meant.isEmpty() ? "; known here: " + String.join(", ", known) : meant;
                problem(key, "is not a field of this specification" + fix);
            }
        }
    }

    /** The value, or null when the key is absent or has no value. */
    private @Nullable JsonNode take(String key) {
        known.add(key);
        return find(key);
    }

    private @Nullable JsonNode find(String key) {
        JsonNode value = node == null ? null : node.get(key);
        return value == null || value.isNull() ? null : value;
    }

    private static String show(JsonNode value) {
        String text = value.toString();
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }

    private static String didYouMean(String given, Collection<String> names) {
        return names.stream()
                .filter(name -> isNear(given, name))
                .min((a, b) -> Integer.compare(distance(given, a), distance(given, b)))
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
    }

    private static boolean isNear(String given, String name) {
        boolean begins = given.length() > 2 && (given.startsWith(name) || name.startsWith(given));
        return begins || distance(given, name) <= Math.max(1, name.length() / 3);
    }

    /** Levenshtein's distance, with dashes and underscores, upper and lower case held equal. */
    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT).replace('-', '_');
        String b = right.toLowerCase(Locale.ROOT).replace('-', '_');
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }

    /** Numbers from {@code least} to {@code most}; either end may be left out. */
    public record Range(double least, boolean withLeast, double most, boolean withMost) {
        public static Range of(double least, double most) {
            return new Range(least, true, most, true);
        }

        public static Range above(double least, double most) {
            return new Range(least, false, most, true);
        }

        public static Range below(double least, double most) {
            return new Range(least, true, most, false);
        }

        public boolean contains(double number) {
            return (withLeast ? number >= least : number > least) && (withMost ? number <= most : number < most);
        }

        @Override
        public String toString() {
            return (withLeast ? "at least " : "above ") + plain(least) + " and " + (withMost ? "at most " : "below ")
                    + plain(most);
        }

        private static String plain(double number) {
            return number == Math.rint(number) && Math.abs(number) < 1e15
                    ? Long.toString((long) number)
                    : Double.toString(number);
        }
    }
}
