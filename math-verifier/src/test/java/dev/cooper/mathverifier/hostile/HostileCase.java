package dev.cooper.mathverifier.hostile;

import java.util.Objects;
import java.util.stream.Stream;

/**
 * A reference and a completion that must not be accepted for it.
 *
 * @param name shown by the test, as the texts themselves may be megabytes
 */
record HostileCase(String name, String reference, String completion) {
    private static final int SHOWN = 60;

    HostileCase {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(completion, "completion");
    }

    /** The answer bare, in dollars, in a box and behind an answer phrase. */
    static Stream<HostileCase> answers(String reference, String answer) {
        return Stream.of(
                of(reference, answer),
                of(reference, "$" + answer + "$"),
                of(reference, "We conclude that the result is \\boxed{" + answer + "}."),
                of(reference, "The final answer is $" + answer + "$."));
    }

    static HostileCase of(String reference, String completion) {
        return new HostileCase(shown(completion) + " for " + shown(reference), reference, completion);
    }

    /** Exchanges the sides: what attacks as an answer attacks as a reference too. */
    HostileCase mirrored() {
        return of(/* reference= */ completion, /* completion= */ reference);
    }

    private static String shown(String text) {
        String start = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...(" + text.length() + ")";
        var out = new StringBuilder();
        for (int at = 0; at < start.length(); at++) {
            char c = start.charAt(at);
            out.append(c < ' ' || c > '~' ? "\\u%04x".formatted((int) c) : String.valueOf(c));
        }
        return out.toString();
    }

    @Override
    public String toString() {
        return name;
    }
}
