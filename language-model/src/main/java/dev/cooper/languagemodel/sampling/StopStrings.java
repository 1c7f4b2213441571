package dev.cooper.languagemodel.sampling;

import java.util.List;
import java.util.OptionalInt;

/**
 * Texts that end a completion. Its tokens end with the one with which its text first holds such a text; its text ends
 * before it.
 *
 * @param texts none of them empty; none at all for completions that only end by themselves
 */
public record StopStrings(List<String> texts) {
    /** No text ends a completion. */
    public static final StopStrings NONE = new StopStrings(List.of());

    public StopStrings {
        texts = List.copyOf(texts);
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i).isEmpty()) {
                throw new IllegalArgumentException(
                        "stop string %d is empty, and would end every completion before its first token; leave it out"
                                .formatted(i));
            }
        }
    }

    /** These texts. */
    public static StopStrings of(String... texts) {
        return new StopStrings(List.of(texts));
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return texts.isEmpty();
    }

    /** Where the first one in a text begins. */
    public OptionalInt firstIn(String text) {
        return texts.stream()
                .mapToInt(text::indexOf)
                .filter(place -> place >= 0)
                .min();
    }

    /** A text up to the first one in it; all of it, if it holds none. */
    public String before(String text) {
        OptionalInt first = firstIn(text);
        return first.isPresent() ? text.substring(0, first.getAsInt()) : text;
    }

    /** Length of the longest end of a text with which one of these may begin. */
    int opened(String text) {
        int longest = 0;
        for (String stop : texts) {
            int length = Math.min(stop.length() - 1, text.length());
            while (length > longest && !text.endsWith(stop.substring(0, length))) {
                length--;
            }
            longest = Math.max(longest, length);
        }
        return longest;
    }
}
