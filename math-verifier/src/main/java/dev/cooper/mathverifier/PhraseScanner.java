package dev.cooper.mathverifier;

import java.util.List;

/** Finds answers behind {@code ####} and behind phrases such as "the final answer is". One pass over the text each. */
final class PhraseScanner {
    private static final String HASHES = "####";
    private static final String ANSWER = "answer";
    private static final List<String> VERBS = List.of("is", "are", "equals");
    /** What begins a reason behind an answer: "18, because ..". */
    private static final List<String> REASONS = List.of("because", "since", "so", "as", "which", "where", "given");

    private final String text;
    private final CheckOptions.Budget budget;

    PhraseScanner(String text, CheckOptions.Budget budget) {
        this.text = text;
        this.budget = budget;
    }

    /** The last line behind {@code ####} that is not a heading of the text. */
    Extraction hashes() {
        int end = text.length();
        for (int at = text.lastIndexOf(HASHES); at >= 0; at = text.lastIndexOf(HASHES, at - 1)) {
            int begin = at + HASHES.length();
            if (at > 0 && text.charAt(at - 1) == '#') {
                continue;
            }
            int lineEnd = Characters.lineEnd(text, begin, end);
            end = at;
            if (!isHeading(begin, lineEnd)) {
                return content(begin, lineEnd, AnswerSource.HASHES);
            }
        }
        return new Extraction.None();
    }

    /** "#### Step 3" and "#### 2. Add them" are headings unless the text ends there. */
    private boolean isHeading(int begin, int lineEnd) {
        int first = Characters.skipSpaceAndMarkup(text, begin);
        if (first >= lineEnd || text.charAt(first) == '#') {
            return true;
        }
        int i = first;
        while (i < lineEnd && Characters.isDigit(text.charAt(i))) {
            i++;
        }
        boolean numbered = i > first
                && i + 1 < lineEnd
                && (text.charAt(i) == '.' || text.charAt(i) == ')')
                && Characters.isSpace(text.charAt(i + 1));
        boolean worded = first + 1 < lineEnd
                && Character.isLetter(text.charAt(first))
                && Character.isLetter(text.charAt(first + 1));
        return numbered || (worded && Characters.skipSpace(text, lineEnd) < text.length());
    }

    /** What follows the last "answer is", "answer:" or "answer =", to the end of its sentence. */
    Extraction phrase() {
        int found = -1;
        for (int i = 0; i + ANSWER.length() <= text.length(); i++) {
            char c = text.charAt(i);
            if ((c == 'a' || c == 'A') && text.regionMatches(true, i, ANSWER, 0, ANSWER.length()) && startsWord(i)) {
                int begin = behindMarker(i + ANSWER.length());
                found = begin >= 0 ? begin : found;
                i += ANSWER.length() - 1;
            }
        }
        if (found < 0) {
            return new Extraction.None();
        }
        int begin = Characters.skipSpaceAndMarkup(text, found);
        return content(begin, sentenceEnd(begin), AnswerSource.ANSWER_PHRASE);
    }

    private boolean startsWord(int at) {
        return at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
    }

    /** The index behind the marker that follows "answer", or -1 if none follows. */
    private int behindMarker(int from) {
        int i = text.startsWith("s", from) ? from + 1 : from;
        i = Characters.skipSpaceAndMarkup(text, i);
        if (text.startsWith(":", i) || text.startsWith("=", i)) {
            return i + 1;
        }
        for (String verb : VERBS) {
            int end = i + verb.length();
            if (i > from
                    && text.regionMatches(true, i, verb, 0, verb.length())
                    && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)))) {
                int next = Characters.skipSpaceAndMarkup(text, end);
                return text.startsWith(":", next) ? next + 1 : end;
            }
        }
        return -1;
    }

    private int sentenceEnd(int begin) {
        int lineEnd = Characters.lineEnd(text, begin, text.length());
        int depth = 0;
        for (int i = begin; i < lineEnd; i++) {
            char c = text.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            boolean beforeSpace = i + 1 < lineEnd && Characters.isSpace(text.charAt(i + 1));
            if (depth == 0 && ((c == '.' && beforeSpace) || (Characters.isSpace(c) && reasonFollows(i + 1)))) {
                return i;
            }
        }
        return lineEnd;
    }

    private boolean reasonFollows(int at) {
        for (String reason : REASONS) {
            int end = at + reason.length();
            if (text.startsWith(reason, at) && end < text.length() && Characters.isSpace(text.charAt(end))) {
                return true;
            }
        }
        return false;
    }

    private Extraction content(int begin, int end, AnswerSource source) {
        if (end - begin > budget.answerLength()) {
            return Extraction.Unreadable.because("the answer is longer than " + budget.answerLength() + " characters");
        }
        String content = Characters.trim(text.substring(begin, Math.max(begin, end)));
        return content.isEmpty()
                ? Extraction.Unreadable.because("nothing follows the mark of the answer")
                : Extraction.Found.of(content, source);
    }
}
