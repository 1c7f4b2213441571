package dev.cooper.mathverifier.extraction;

import dev.cooper.mathverifier.AnswerSource;
import dev.cooper.mathverifier.IncorrectReason;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Answers behind {@code ####} and behind phrases such as "the final answer is". */
final class PhraseFinder {
    private static final String ANSWER = "answer";
    private static final String FINAL = "final";
    /** The last phrases of a text that are tried, and the last lines behind {@code ####}. */
    private static final int TRIES = 16;
    /** Different answers of a text that corrects itself; one with more lists what is possible. */
    private static final int ANSWERS = 3;
    /** Characters between "answer" and its verb: "the answer to the first question is". */
    private static final int DISTANCE = 80;

    private static final List<String> VERBS = List.of("is", "are", "equals", "was", "be", "becomes");
    private static final List<String> SIGNS =
            List.of(":", "=", "\uff1a", "->", "\u2192", "\u21d2", "- ", "\u2013 ", "\u2014 ");
    private static final List<String> FORMULAS = List.of("$", "\\(", "\\[");

    private final TextScan scan;
    private final String text;
    private final StatementReader statements;
    private final ExtractionRules rules;
    private final AnswerShape shape;

    PhraseFinder(TextScan scan, StatementReader statements, ExtractionRules rules, AnswerShape shape) {
        this.scan = scan;
        this.shape = shape;
        text = scan.text();
        this.statements = statements;
        this.rules = rules;
    }

    /**
     * What the last phrase announces; with {@link AnswerSource#FINAL_ANSWER} only phrases with that word count. A text
     * may correct itself, but one that goes through many answers states none.
     */
    Extraction phrase(AnswerSource source) {
        Positions words = scan.answerWords();
        Set<String> stated = new HashSet<>();
        Extraction last = new Extraction.None();
        for (int i = words.size() - 1; i >= Math.max(0, words.size() - TRIES); i--) {
            Extraction found = announced(words.get(i), source);
            if (last instanceof Extraction.None) {
                last = found;
            }
            if (!rules.allBoxes() && !(last instanceof Extraction.None)) {
                break;
            }
            if (found instanceof Extraction.Found answer) {
                stated.add(shape.plain(answer.joined().text()));
            }
            if (stated.size() > ANSWERS) {
                return new Extraction.Unreadable(
                        IncorrectReason.SEVERAL_ANSWERS, "more than " + ANSWERS + " different answers are stated");
            }
        }
        return last;
    }

    private Extraction announced(int word, AnswerSource source) {
        int mark = source == AnswerSource.FINAL_ANSWER && !isFinal(word) ? -1 : behindMark(word);
        return mark < 0 ? new Extraction.None() : statements.read(mark, source);
    }

    private boolean isFinal(int answer) {
        int end = Texts.trimEnd(text, scan.begin(), answer);
        int begin = end - FINAL.length();
        return begin >= scan.begin() && text.regionMatches(true, begin, FINAL, 0, FINAL.length());
    }

    /** The index behind the mark that makes an announcement of the word "answer", or -1 if none follows. */
    private int behindMark(int answer) {
        int from = answer + ANSWER.length();
        from = from < scan.end() && text.charAt(from) == 's' ? from + 1 : from;
        if (from < scan.end() && Character.isLetterOrDigit(text.charAt(from))) {
            return -1;
        }
        int i = Texts.skipBlanksAndMarkup(text, from, scan.end());
        if (i >= scan.end()) {
            return -1;
        }
        boolean tag = answer > scan.begin() && text.charAt(answer - 1) == '<' && text.charAt(i) == '>';
        if (tag) {
            return i + 1;
        }
        for (String sign : SIGNS) {
            if (text.startsWith(sign, i)) {
                return i + sign.length();
            }
        }
        if (text.charAt(i) == '\n') {
            return isHeading(answer) ? i + 1 : -1;
        }
        if (FORMULAS.stream().anyMatch(sign -> text.startsWith(sign, i))
                && scan.formulas().skip(i) > i) {
            return isFormulaLast(i) ? i : behindVerb(i);
        }
        return behindVerb(i);
    }

    /** "Answer $5$" announces, "the answer $x$ is 5" does not yet. */
    private boolean isFormulaLast(int formula) {
        int behind = Texts.skipBlanksAndMarkup(text, scan.formulas().skip(formula), scan.end());
        return behind >= scan.end() || "\n.,;!".indexOf(text.charAt(behind)) >= 0;
    }

    /** A line of its own: "**Final Answer**", "### The answer". */
    private boolean isHeading(int answer) {
        int begin = Texts.lineBegin(text, answer, Math.max(scan.begin(), answer - DISTANCE));
        for (int i = begin; i < answer; i++) {
            char c = text.charAt(i);
            if (Texts.isLetter(c)) {
                int wordEnd = Texts.commandEnd(text, i, answer);
                String word = text.substring(i, Math.max(i + 1, wordEnd));
                if (!(word.equalsIgnoreCase("the") || word.equalsIgnoreCase(FINAL))) {
                    return false;
                }
                i = wordEnd;
            }
        }
        return true;
    }

    /** Behind the verb that follows within the sentence. */
    private int behindVerb(int from) {
        int limit = Math.min(scan.end(), from + DISTANCE);
        int i = from;
        while (i < limit) {
            int behind = scan.formulas().skip(i);
            if (behind > i) {
                i = behind;
                continue;
            }
            char c = text.charAt(i);
            if (c == '\n' || c == '.' || c == '?' || c == '!') {
                return -1;
            }
            if (Texts.isLetter(c)) {
                int end = wordEnd(i);
                if (isVerb(i, end)) {
                    return isDenied(end) ? -1 : end;
                }
                i = end;
            } else {
                i++;
            }
        }
        return -1;
    }

    private int wordEnd(int at) {
        int i = at;
        while (i < scan.end() && Texts.isLetter(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private boolean isVerb(int begin, int end) {
        return VERBS.stream()
                .anyMatch(verb ->
                        verb.length() == end - begin && text.regionMatches(true, begin, verb, 0, verb.length()));
    }

    private boolean isDenied(int verbEnd) {
        int next = Texts.skipBlanks(text, verbEnd, scan.end());
        return Texts.wordAt(text, next, scan.end(), "not");
    }

    /** The last line behind {@code ####} that is not a heading of the text. */
    Extraction hashes() {
        Positions hashes = scan.hashes();
        for (int i = hashes.size() - 1; i >= Math.max(0, hashes.size() - TRIES); i--) {
            int begin = hashes.get(i);
            while (begin < scan.end() && text.charAt(begin) == '#') {
                begin++;
            }
            int next = i + 1 < hashes.size() ? hashes.get(i + 1) : scan.end();
            int end = Texts.lineEnd(text, begin, next);
            if (!isHeadingLine(begin, end)) {
                return line(begin, end);
            }
        }
        return new Extraction.None();
    }

    private Extraction line(int begin, int end) {
        if (end - begin > rules.answerLength()) {
            return Extraction.Unreadable.because("the answer is longer than " + rules.answerLength() + " characters");
        }
        String answer = Cleaning.clean(text, begin, end);
        return answer.isEmpty()
                ? Extraction.Unreadable.because("nothing follows the mark of the answer")
                : Extraction.Found.of(
                        answer, AnswerSource.HASHES, Texts.skipSpaceAndMarkup(text, begin, scan.end() - 1));
    }

    /** "#### Step 3" and "#### 2. Add them" are headings unless the text ends there. */
    private boolean isHeadingLine(int begin, int end) {
        int first = Texts.skipSpaceAndMarkup(text, begin, scan.end());
        if (first >= end) {
            return true;
        }
        int i = first;
        while (i < end && Texts.isDigit(text.charAt(i))) {
            i++;
        }
        boolean numbered = i > first
                && i + 1 < end
                && (text.charAt(i) == '.' || text.charAt(i) == ')')
                && Texts.isSpace(text.charAt(i + 1));
        boolean worded =
                first + 1 < end && Texts.isLetter(text.charAt(first)) && Texts.isLetter(text.charAt(first + 1));
        return numbered || (worded && Texts.skipSpace(text, end, scan.end()) < scan.end());
    }
}
