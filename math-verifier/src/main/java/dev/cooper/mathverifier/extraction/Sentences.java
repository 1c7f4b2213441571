package dev.cooper.mathverifier.extraction;

import java.util.List;

/** Where a sentence that states an answer ends, and where its parts do. */
final class Sentences {
    /** What begins a reason behind an answer: "18, because ..". */
    private static final List<String> REASONS = List.of(
            "because",
            "since",
            "so",
            "as",
            "which",
            "where",
            "given",
            "i hope",
            "when",
            "hence",
            "therefore",
            "thus",
            "with",
            "for");

    private static final List<String> ROUGHLY = List.of("about", "approximately", "roughly", "approx");

    private final String text;
    private final int end;
    private final MathSpans formulas;

    Sentences(TextScan scan) {
        text = scan.text();
        end = scan.end();
        formulas = scan.formulas();
    }

    /** The end of the sentence, or of the line, that {@code first} stands in; formulas are passed over. */
    int end(int first, int longest) {
        int depth = 0;
        int i = first;
        int limit = Math.min(end, first + longest + 1);
        while (i < limit) {
            int behind = formulas.skip(i);
            if (behind > i) {
                i = behind;
                continue;
            }
            char c = text.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            boolean tagEnds = c == '<' && i + 1 < end && text.charAt(i + 1) == '/';
            if (tagEnds || (depth <= 0 && (c == '\n' || (c == '.' && endsSentence(i))))) {
                return i;
            }
            i++;
        }
        return Math.min(i, end);
    }

    /** A stop before a space, or between an answer and the capital of the next sentence. */
    private boolean endsSentence(int stop) {
        if (stop + 1 >= end) {
            return true;
        }
        char next = text.charAt(stop + 1);
        if (Texts.isSpace(next) || Texts.isMarkup(next)) {
            return stop == 0 || text.charAt(stop - 1) != '.';
        }
        return Character.isUpperCase(next)
                && stop + 2 < end
                && Character.isLowerCase(text.charAt(stop + 2))
                && stop > 0
                && text.charAt(stop - 1) != '.';
    }

    /** Where a reason or a remark begins behind an answer, or {@code stop}. */
    int remark(int first, int stop) {
        int i = first;
        while (i < stop) {
            int behind = formulas.skip(i);
            if (behind > i) {
                i = behind;
                continue;
            }
            char c = text.charAt(i);
            boolean dash = c == '\u2014' && i > first;
            if (dash || (Texts.isSpace(c) && reasonFollows(i + 1, stop))) {
                return i;
            }
            i++;
        }
        return stop;
    }

    /** Where the answer's decimal begins: "\\sqrt{2}, or about 1.414", or {@code stop}. */
    int approximation(int first, int stop) {
        for (int i = first + 1; i + 2 < stop; i++) {
            if (text.charAt(i) == 'o' && Texts.isSpace(text.charAt(i - 1)) && Texts.wordAt(text, i, stop, "or")) {
                int next = Texts.skipBlanks(text, i + 2, stop);
                if (ROUGHLY.stream().anyMatch(word -> Texts.wordAt(text, next, stop, word))) {
                    return i;
                }
            }
        }
        return stop;
    }

    private boolean reasonFollows(int at, int stop) {
        return REASONS.stream().anyMatch(reason -> at + reason.length() < stop && Texts.wordAt(text, at, stop, reason));
    }

    /** Where a clause or a bracket begins that only explains: "5, rounded to", "5 (see above)", or {@code stop}. */
    int clause(int first, int stop) {
        for (int i = first + 1; i + 2 < stop; i++) {
            char c = text.charAt(i);
            boolean comma = (c == ',' || c == ';' || c == '-') && text.charAt(i + 1) == ' ' && isWord(i + 2, stop);
            boolean bracket = c == '(' && text.charAt(i - 1) == ' ';
            if (comma || bracket) {
                return i;
            }
        }
        return stop;
    }

    private boolean isWord(int at, int stop) {
        return at + 1 < stop
                && Texts.isLetter(text.charAt(at))
                && Texts.isLetter(text.charAt(at + 1))
                && !Texts.wordAt(text, at, stop, "and")
                && !Texts.wordAt(text, at, stop, "or");
    }
}
