package dev.cooper.mathverifier.extraction;

import dev.cooper.mathverifier.AnswerSource;
import dev.cooper.mathverifier.ExtractedAnswer;
import java.util.Optional;

/** Answers of texts that mark none: the text as a whole, the choice that begins it, its last bold words. */
final class UnmarkedFinder {
    private static final int BOLD_SPANS = 8;
    private static final int LONGEST_BOLD = 200;
    /** Plain words of a text that is a worked solution, not an answer. */
    private static final int PROSE_WORDS = 12;
    /** Plain words around a formula that make the two a solution. */
    private static final int SOLUTION_WORDS = 3;

    private final TextScan scan;
    private final String text;
    private final ExtractionRules rules;
    private final AnswerShape shape;

    UnmarkedFinder(TextScan scan, ExtractionRules rules, AnswerShape shape) {
        this.scan = scan;
        text = scan.text();
        this.rules = rules;
        this.shape = shape;
    }

    /** The whole text, if it is an answer. */
    Optional<ExtractedAnswer> wholeText() {
        if (scan.end() - scan.begin() > rules.answerLength() || isProse()) {
            return Optional.empty();
        }
        return everything().filter(whole -> !Prose.surrounds(whole.text()) && shape.isAnswer(whole.text()));
    }

    /** The last sentence, if it says in words that there is no solution. */
    Optional<ExtractedAnswer> denial() {
        int begin = Denials.lastSentence(text, scan.begin(), scan.end());
        return Denials.read(text.substring(begin, scan.end()))
                .map(words -> new ExtractedAnswer(words, AnswerSource.WHOLE_TEXT, begin));
    }

    /** The whole text, whatever it is, unless it is empty. */
    Optional<ExtractedAnswer> everything() {
        int begin = Texts.skipSpace(text, scan.begin(), scan.end());
        if (begin >= scan.end()) {
            return Optional.empty();
        }
        String whole = Cleaning.clean(text, begin, scan.end());
        return whole.isEmpty()
                ? Optional.empty()
                : Optional.of(new ExtractedAnswer(whole, AnswerSource.WHOLE_TEXT, begin));
    }

    /** Many plain words outside of formulas: cheaper to see than to read. */
    boolean isProse() {
        return plainWords() >= PROSE_WORDS;
    }

    /** Prose, or a few words around a formula, or nothing but a formula of several rows. */
    boolean isWorkedSolution() {
        MathSpans formulas = scan.formulas();
        int words = plainWords();
        boolean formulaAlone =
                formulas.size() == 1 && formulas.outerBegin(0) == scan.begin() && formulas.outerEnd(0) == scan.end();
        return words >= PROSE_WORDS || formulaAlone || (formulas.size() > 0 && words >= SOLUTION_WORDS);
    }

    /** At most as many as prose has. */
    private int plainWords() {
        int words = 0;
        boolean closing = true;
        int i = scan.begin();
        while (i < scan.end() && words < PROSE_WORDS) {
            int behind = scan.formulas().skip(i);
            char c = text.charAt(i);
            if (behind > i) {
                i = behind;
            } else if (c == '\\') {
                i = Math.max(i + 1, Texts.commandEnd(text, i + 1, scan.end()));
                if (closing && i < scan.end() && text.charAt(i) == '{') {
                    int close = Texts.braceEnd(text, i, scan.end());
                    closing = close >= 0;
                    i = Math.max(i, close);
                }
            } else if (Texts.isLetter(c)) {
                int first = i;
                while (i < scan.end() && Texts.isLetter(text.charAt(i))) {
                    i++;
                }
                words += i - first > 1 ? 1 : 0;
            } else {
                i++;
            }
        }
        return words;
    }

    Optional<ExtractedAnswer> choice() {
        int begin = Texts.skipSpaceAndMarkup(text, scan.begin(), scan.end());
        return Choices.leading(text, begin, scan.end())
                .map(letter -> new ExtractedAnswer(letter, AnswerSource.CHOICE, begin));
    }

    /** The last bold words of the last paragraph that are an answer and no heading. */
    Optional<ExtractedAnswer> bold() {
        Positions stars = scan.stars();
        int tried = 0;
        for (int close = stars.size() - 1; close > 0 && tried < BOLD_SPANS; close--, tried++) {
            int begin = stars.get(close - 1);
            if (begin <= scan.lastBlankLine()) {
                break;
            }
            while (begin < stars.get(close) && text.charAt(begin) == '*') {
                begin++;
            }
            Optional<ExtractedAnswer> found = bold(begin, stars.get(close));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<ExtractedAnswer> bold(int begin, int end) {
        boolean opens = begin < end && !Texts.isSpace(text.charAt(begin)) && !Texts.isSpace(text.charAt(end - 1));
        if (!opens || end - begin > LONGEST_BOLD) {
            return Optional.empty();
        }
        String answer = Cleaning.clean(text, begin, end);
        if (Words.isProse(firstWord(begin, end)) && !Denials.isOutcome(answer)) {
            return Optional.empty();
        }
        return !answer.isEmpty() && !Prose.surrounds(answer) && shape.isAnswer(answer)
                ? Optional.of(new ExtractedAnswer(answer, AnswerSource.BOLD, begin))
                : Optional.empty();
    }

    private String firstWord(int begin, int end) {
        int i = begin;
        while (i < end && !Texts.isSpace(text.charAt(i))) {
            i++;
        }
        return text.substring(begin, i);
    }
}
