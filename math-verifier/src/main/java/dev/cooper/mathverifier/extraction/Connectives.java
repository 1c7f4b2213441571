package dev.cooper.mathverifier.extraction;

import java.util.Locale;

/** What stands between two answers that belong together: {@code \boxed{1} and \boxed{2}}, {@code $x = 1$, $x = 2$}. */
final class Connectives {
    private static final int LONGEST = 100;
    /** Words between two boxes of one statement: "for part (a) and". */
    private static final int WORDS = 5;

    private Connectives() {}

    /** Nothing but space, punctuation, "and" and "or". */
    static boolean joinFormulas(String text, int from, int to) {
        return to - from <= LONGEST && words(text, from, to, true) == 0;
    }

    /** Nothing but the like, or a few words within a sentence with one of these among them. */
    static boolean joinBoxes(String text, int from, int to) {
        if (to - from > LONGEST) {
            return false;
        }
        int words = words(text, from, to, false);
        return words >= 0 && words <= WORDS;
    }

    /**
     * The words other than connectives; -1 if the sentence ends in between, if words stand there without a connective,
     * or if an equals sign follows the first answer.
     *
     * @param strict whether any other word or sign means -1
     */
    private static int words(String text, int from, int to, boolean strict) {
        int words = 0;
        boolean connected = false;
        int i = from;
        while (i < to) {
            char c = text.charAt(i);
            if (Texts.isLetter(c)) {
                int first = i;
                while (i < to && Texts.isLetter(text.charAt(i))) {
                    i++;
                }
                String word = text.substring(first, i).toLowerCase(Locale.ROOT);
                boolean command = first > from && text.charAt(first - 1) == '\\';
                boolean joins = word.equals("and") || word.equals("or");
                connected |= joins;
                words += joins || command ? 0 : 1;
            } else {
                connected |= c == ',' || c == ';' || c == '&';
                boolean ends = c == '.' || c == '?' || c == '!' || isBlankLine(text, i, to);
                boolean equals = c == '=' && !connected;
                if (ends || equals || (strict && isOther(c))) {
                    return -1;
                }
                i++;
            }
        }
        return (words > 0 && (strict || !connected)) ? -1 : words;
    }

    private static boolean isBlankLine(String text, int at, int to) {
        return text.charAt(at) == '\n' && at + 1 < to && text.charAt(at + 1) == '\n';
    }

    private static boolean isOther(char c) {
        return !Texts.isSpace(c) && !Texts.isMarkup(c) && ",;&$\\(){}[]".indexOf(c) < 0;
    }
}
