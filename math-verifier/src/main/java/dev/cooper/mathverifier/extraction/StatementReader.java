package dev.cooper.mathverifier.extraction;

import dev.cooper.mathverifier.AnswerSource;
import dev.cooper.mathverifier.ExtractedAnswer;
import java.util.List;
import java.util.Optional;

/**
 * Reads the answer off what follows a mark such as "the answer is": the sentence if it is an answer as a whole, else
 * the longest part of it that a sentence would state an answer with, from its beginning or behind its verb.
 */
final class StatementReader {
    private static final List<String> VERBS = List.of("is", "are", "equals", "be", "was", "were");
    /** Words that may stand before an answer and say nothing of it. */
    private static final List<String> LEADS = List.of(
            "therefore",
            "thus",
            "then",
            "simply",
            "just",
            "indeed",
            "clearly",
            "exactly",
            "equal to",
            "given by",
            "option",
            "choice",
            "letter",
            "also",
            "hence",
            "approximately",
            "about",
            "now",
            "the",
            "value",
            "number",
            "of",
            "to be",
            "equals",
            "as follows",
            "answer",
            "final answer",
            "answer is");

    private final TextScan scan;
    private final String text;
    private final ExtractionRules rules;
    private final AnswerShape shape;
    private final Sentences sentences;
    private final FormulaFinder formulas;
    private final NumberFinder numbers;

    StatementReader(
            TextScan scan,
            ExtractionRules rules,
            AnswerShape shape,
            Sentences sentences,
            FormulaFinder formulas,
            NumberFinder numbers) {
        this.scan = scan;
        this.text = scan.text();
        this.rules = rules;
        this.shape = shape;
        this.sentences = sentences;
        this.formulas = formulas;
        this.numbers = numbers;
    }

    /** The answer in the sentence that begins behind {@code mark}; none if that is prose without a value. */
    Extraction read(int mark, AnswerSource source) {
        int first = behindLeads(mark);
        if (first >= scan.end()) {
            return Extraction.Unreadable.because("nothing follows the mark of the answer");
        }
        int stop = emphasisEnd(mark, first, sentences.end(first, rules.answerLength()));
        if (stop - first > rules.answerLength()) {
            return Extraction.Unreadable.because("the answer is longer than " + rules.answerLength() + " characters");
        }
        // "5 out of 10" begins with a value and is not understood: no other number of it may be the answer.
        boolean prose = Words.isProse(text.substring(first, Math.min(stop, first + 2)));
        return beginning(first, stop, source)
                .or(() -> behindVerb(first, stop, source))
                .or(() -> prose ? formulas.lastIn(first, stop, source) : Optional.empty())
                .or(() -> prose ? numbers.lastIn(first, stop, source) : Optional.empty())
                .<Extraction>map(found -> new Extraction.Found(List.of(found), false))
                .orElseGet(() -> unread(first, stop, source));
    }

    /** "**Answer: 18** by the rule" states what stands in bold. */
    private int emphasisEnd(int mark, int first, int stop) {
        Positions stars = scan.stars();
        int before = stars.countUpTo(mark - 1) - stars.countUpTo(Texts.lineBegin(text, mark, scan.begin()) - 1);
        int next = stars.countUpTo(first - 1);
        boolean closes = before % 2 == 1 && next < stars.size() && stars.get(next) > first && stars.get(next) < stop;
        return closes ? stars.get(next) : stop;
    }

    /** Where the next emphasis begins or ends, or -1. */
    private int nextStars(int first, int stop) {
        Positions stars = scan.stars();
        int next = stars.countUpTo(first - 1);
        return next < stars.size() && stars.get(next) < stop ? stars.get(next) : -1;
    }

    private int behindLeads(int mark) {
        int first = mark;
        // "\\text{The answer is } 12" closes the brace that the mark stands in.
        String closings = isInBraces(mark) ? ":=}" : ":=";
        boolean more = true;
        while (more) {
            first = Texts.skipSpaceAndMarkup(text, first, scan.end());
            while (first < scan.end() && closings.indexOf(text.charAt(first)) >= 0) {
                first = Texts.skipSpaceAndMarkup(text, first + 1, scan.end());
            }
            int before = first;
            for (String lead : LEADS) {
                if (first + lead.length() < scan.end() && Texts.wordAt(text, first, scan.end(), lead)) {
                    first += lead.length();
                    break;
                }
            }
            more = first > before;
        }
        return first;
    }

    private boolean isInBraces(int mark) {
        int begin = Texts.lineBegin(text, mark, scan.begin());
        int open = text.lastIndexOf('{', mark - 1);
        return open >= begin && text.indexOf('}', open, mark) < 0;
    }

    /** The whole sentence, or what stands before a reason, a remark or the end of the emphasis. */
    private Optional<ExtractedAnswer> beginning(int first, int stop, AnswerSource source) {
        int remark = sentences.remark(first, stop);
        int emphasis = nextStars(first, stop);
        int exact = sentences.approximation(first, stop);
        return (exact < stop ? readable(first, exact, source) : Optional.<ExtractedAnswer>empty())
                .or(() -> readable(first, stop, source))
                .or(() -> remark < stop ? readable(first, remark, source) : Optional.empty())
                .or(() -> readable(first, sentences.clause(first, remark), source))
                .or(() -> emphasis > first ? readable(first, emphasis, source) : Optional.empty())
                .or(() -> formulas.at(first, source))
                .or(() -> choice(first, stop, source));
    }

    private Optional<ExtractedAnswer> behindVerb(int first, int stop, AnswerSource source) {
        for (int i = stop - 1; i > first; i--) {
            if (Texts.isSpace(text.charAt(i - 1))) {
                for (String verb : VERBS) {
                    if (Texts.wordAt(text, i, stop, verb)) {
                        int begin = behindLeads(i + verb.length());
                        return begin < stop ? beginning(begin, stop, source) : Optional.empty();
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<ExtractedAnswer> choice(int first, int stop, AnswerSource source) {
        return Choices.at(text, first, stop).map(letter -> new ExtractedAnswer(letter, source, first));
    }

    private Optional<ExtractedAnswer> readable(int begin, int end, AnswerSource source) {
        String answer = Cleaning.clean(text, begin, end);
        return !answer.isEmpty() && !Prose.surrounds(answer) && shape.isAnswer(answer)
                ? Optional.of(new ExtractedAnswer(answer, source, Texts.skipSpaceAndMarkup(text, begin, end)))
                : Optional.empty();
    }

    /** Signs that cannot be read are an answer all the same; words alone say that the mark was none. */
    private Extraction unread(int first, int stop, AnswerSource source) {
        String sentence = Cleaning.clean(text, first, sentences.remark(first, stop));
        if (sentence.isEmpty()) {
            return Extraction.Unreadable.because("nothing follows the mark of the answer");
        }
        boolean prose = sentence.indexOf(' ') > 0
                && sentence.chars().allMatch(c -> Texts.isLetter((char) c) || " ,;:'()?!-".indexOf(c) >= 0);
        return prose ? new Extraction.None() : Extraction.Found.of(sentence, source, first);
    }
}
