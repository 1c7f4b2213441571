package dev.cooper.mathverifier.extraction;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Sentences that answer with words: "There are no real solutions.", "No such integers exist.", and such words alone.
 */
final class Denials {
    /** What may stand before "no"; any other word may restrict what is denied to a case. */
    private static final Set<String> LEADS = Set.of(
            "so",
            "therefore",
            "thus",
            "hence",
            "then",
            "there",
            "is",
            "are",
            "exist",
            "exists",
            "the",
            "equation",
            "system",
            "inequality",
            "this",
            "it",
            "has",
            "have",
            "we",
            "conclude",
            "see",
            "find",
            "that",
            "given",
            "original");

    private static final Set<String> KINDS = Set.of("real", "integer", "possible", "valid", "such");
    private static final Set<String> SOLUTIONS = Set.of("solution", "solutions", "root", "roots");
    private static final Set<String> EXIST = Set.of("exist", "exists");
    /** Words that answer a question in bold. */
    private static final Set<String> OUTCOMES = Set.of(
            "undefined",
            "not defined",
            "does not exist",
            "dne",
            "no solution",
            "no solutions",
            "no real solution",
            "no real solutions",
            "none",
            "infinitely many",
            "infinitely many solutions");
    /** Characters of such a sentence. */
    private static final int LONGEST = 160;

    private Denials() {}

    static boolean isOutcome(String words) {
        return OUTCOMES.contains(words.toLowerCase(Locale.ROOT));
    }

    /** Where in {@code [begin, end)} the last sentence begins, its formulas passed over. */
    static int lastSentence(String text, int begin, int end) {
        int i = Cleaning.trim(text.substring(Math.max(begin, end - LONGEST), end))
                        .isEmpty()
                ? begin
                : end - 1;
        while (i > begin && ".!\n ".indexOf(text.charAt(i)) >= 0) {
            i--;
        }
        while (i > begin && !endsSentence(text, i - 1)) {
            i--;
        }
        return Texts.skipSpaceAndMarkup(text, i, end);
    }

    private static boolean endsSentence(String text, int at) {
        char c = text.charAt(at);
        return c == '\n' || ((c == '.' || c == '!' || c == '?') && Texts.isSpace(text.charAt(at + 1)));
    }

    /** What the sentence denies, as the words that answer: "no real solutions". */
    static Optional<String> read(String sentence) {
        if (sentence.length() > LONGEST) {
            return Optional.empty();
        }
        String[] words = Cleaning.trim(sentence)
                .toLowerCase(Locale.ROOT)
                .replace(",", "")
                .replace("!", "")
                .strip()
                .split("\\s+", -1);
        int no = 0;
        while (no < words.length && LEADS.contains(words[no])) {
            no++;
        }
        int last = words.length - 1;
        boolean denied = last > no && words[no].equals("no");
        if (!denied) {
            return Optional.empty();
        }
        boolean exist = EXIST.contains(words[last]);
        int noun = exist ? last - 1 : last;
        boolean such = noun > no + 1 && words[no + 1].equals("such");
        // "no such integers x and y exist" is not told from other sentences.
        for (int i = no + 1; i < noun; i++) {
            if (!KINDS.contains(words[i])) {
                return Optional.empty();
            }
        }
        if (noun > no && SOLUTIONS.contains(words[noun])) {
            return Optional.of(such ? "no solutions" : String.join(" ", Arrays.copyOfRange(words, no, noun + 1)));
        }
        boolean nothing = such && (exist || no > 0) && words[noun].chars().allMatch(c -> Texts.isLetter((char) c));
        return nothing ? Optional.of("no solutions") : Optional.empty();
    }
}
