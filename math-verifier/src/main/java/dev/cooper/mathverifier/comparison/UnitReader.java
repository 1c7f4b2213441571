package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.numeric.Rational;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what stands behind a number: {@code cm^2}, {@code km/h}, {@code square feet}, {@code million dollars}, words.
 */
final class UnitReader {
    /** Words that change the value, so that it is not known what the number says. */
    private static final Set<String> CHANGING = words("pair pairs half halves third thirds fourths quarter quarters "
            + "fifths sixths eighths tenths hundredths thousandths squared cubed factorial choose plus minus times over "
            + "divided not negative point base remainder than less more fewer between root score gross mod modulo");

    private static final Set<String> TIMES_OF_DAY = Set.of("am", "pm", "a.m.", "p.m.", "o'clock", "noon");

    private static final String SEPARATORS = "/*·⋅^ ";

    private final List<String> tokens;
    private int position;

    private UnitReader(String text) {
        tokens = tokens(text);
    }

    /** A unit's meaning. */
    sealed interface Meaning {
        /** A unit that is known, or plain words ({@code size} empty), times a number such as "million". */
        record Read(Optional<Units.Size> size, Rational multiplier) implements Meaning {}

        /** The words are part of a time of day: {@code 3:30 p.m.} */
        record TimeOfDay() implements Meaning {}

        /** It changes the number in a way that is not known. */
        record NotKnown() implements Meaning {}
    }

    static Meaning read(String text) {
        return new UnitReader(text).read();
    }

    private Meaning read() {
        if (tokens.stream().anyMatch(CHANGING::contains)) {
            return new Meaning.NotKnown();
        }
        if (tokens.stream().anyMatch(TIMES_OF_DAY::contains)) {
            return new Meaning.TimeOfDay();
        }
        Rational multiplier = Rational.of(1);
        while (position < tokens.size()
                && Units.multiplier(tokens.get(position)).isPresent()) {
            multiplier = multiplier.times(Units.multiplier(tokens.get(position)).get());
            position++;
        }
        return new Meaning.Read(size(), multiplier);
    }

    /** The unit at the beginning; "in total" and other words behind it say nothing, but "in" alone is no inch then. */
    private Optional<Units.Size> size() {
        Units.Size size = Units.Size.ONE;
        boolean below = false;
        boolean any = false;
        while (position < tokens.size()) {
            String token = tokens.get(position);
            if (token.equals("/") || token.equals("per")) {
                below = true;
                position++;
            } else if (token.equals("*") || token.equals("·") || token.equals("⋅")) {
                position++;
            } else {
                int start = position;
                Optional<Units.Size> unit = power();
                if (unit.isEmpty() || isPreposition(start)) {
                    break;
                }
                size = size.times(unit.get(), below ? -1 : 1);
                any = true;
            }
        }
        return any ? Optional.of(size) : Optional.empty();
    }

    private boolean isPreposition(int index) {
        return tokens.get(index).equals("in")
                && index + 1 < tokens.size()
                && Character.isLetter(tokens.get(index + 1).charAt(0));
    }

    private Optional<Units.Size> power() {
        int power = 1;
        String token = tokens.get(position);
        if (Set.of("square", "sq", "sq.").contains(token)) {
            power = 2;
        } else if (Set.of("cubic", "cu", "cu.").contains(token)) {
            power = 3;
        }
        position += power > 1 ? 1 : 0;
        Optional<Units.Size> unit =
                position < tokens.size() ? Units.find(stripped(tokens.get(position))) : Optional.empty();
        if (unit.isEmpty()) {
            return unit;
        }
        position++;
        if (position + 1 < tokens.size() && tokens.get(position).equals("^")) {
            power = exponent(tokens.get(position + 1));
            position += 2;
        }
        return Optional.of(Units.Size.ONE.times(unit.get(), power));
    }

    private static int exponent(String text) {
        return switch (text) {
            case "2" -> 2;
            case "3" -> 3;
            case "-1" -> -1;
            case "-2" -> -2;
            case "-3" -> -3;
            default -> 1;
        };
    }

    private static String stripped(String token) {
        return token.length() > 1 && token.endsWith(".") ? token.substring(0, token.length() - 1) : token;
    }

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        var token = new StringBuilder();
        String marked =
                text.replace("²", "^2").replace("³", "^3").replace("{", "").replace("}", "");
        for (int i = 0; i < marked.length(); i++) {
            char c = marked.charAt(i);
            if (SEPARATORS.indexOf(c) < 0) {
                token.append(c);
                continue;
            }
            flush(token, tokens);
            if (c != ' ') {
                tokens.add(String.valueOf(c));
            }
        }
        flush(token, tokens);
        return tokens;
    }

    private static void flush(StringBuilder token, List<String> tokens) {
        if (!token.isEmpty()) {
            tokens.add(token.toString());
            token.setLength(0);
        }
    }

    private static Set<String> words(String text) {
        return Set.of(text.split(" ", -1));
    }
}
