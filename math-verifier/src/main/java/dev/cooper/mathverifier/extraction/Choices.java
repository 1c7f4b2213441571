package dev.cooper.mathverifier.extraction;

import java.util.Optional;

/** Choices marked as such: {@code (A)}, {@code A)}, {@code A.}, {@code A:}. */
final class Choices {
    private static final String LETTERS = "ABCDEFGHIJ";

    private Choices() {}

    /** The letter of the choice that stands at {@code at} with more text behind it. */
    static Optional<String> at(String text, int at, int end) {
        int letter = at < end && text.charAt(at) == '(' ? at + 1 : at;
        if (letter + 1 >= end || LETTERS.indexOf(text.charAt(letter)) < 0) {
            return Optional.empty();
        }
        char mark = text.charAt(letter + 1);
        boolean marked = letter > at ? mark == ')' : ").:".indexOf(mark) >= 0;
        boolean ends = letter + 2 >= end || !Texts.isLetter(text.charAt(letter + 2));
        return marked && ends ? Optional.of(text.substring(letter, letter + 1)) : Optional.empty();
    }

    /**
     * The choice that begins the text, if no other line begins with one: a list of all choices chooses none. At most
     * the first characters of each line are looked at.
     */
    static Optional<String> leading(String text, int begin, int end) {
        int first = Texts.skipSpaceAndMarkup(text, begin, end);
        Optional<String> found = at(text, first, end);
        if (found.isEmpty()) {
            return found;
        }
        int line = Texts.lineEnd(text, first, end);
        while (line < end) {
            int next = Texts.skipSpaceAndMarkup(text, line, end);
            if (at(text, next, end).isPresent()) {
                return Optional.empty();
            }
            line = Texts.lineEnd(text, Math.max(next, line + 1), end);
        }
        return found;
    }
}
