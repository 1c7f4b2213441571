package dev.cooper.mathverifier.extraction;

import dev.cooper.mathverifier.AnswerSource;
import dev.cooper.mathverifier.ExtractedAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Answers in formulas. Formulas with nothing but "and", "or" or a comma between them are one answer, a list. */
final class FormulaFinder {
    /** Characters of a comma with its spaces. */
    private static final int COMMA = 3;
    /** Characters of a word that are looked at. */
    private static final int WORD = 16;

    /** What ends a proof. */
    private static final Set<String> PROVED =
            Set.of("\\blacksquare", "\\square", "\\Box", "\\qed", "QED", "\\text{QED}", "\\mathrm{QED}");

    private final TextScan scan;
    private final MathSpans formulas;
    private final ExtractionRules rules;

    FormulaFinder(TextScan scan, ExtractionRules rules) {
        this.scan = scan;
        this.formulas = scan.formulas();
        this.rules = rules;
    }

    /** The last formula of the text, with those that belong to it. */
    Optional<ExtractedAnswer> last(AnswerSource source) {
        return lastIn(scan.begin(), scan.end(), source);
    }

    /** Where the last formula that holds a value ends; -1 if there is none. */
    int lastEnd() {
        int index = lastValue(scan.begin(), scan.end());
        return index < 0 ? -1 : formulas.outerEnd(index);
    }

    /** The last formula that lies within the bounds, with those that belong to it. */
    Optional<ExtractedAnswer> lastIn(int begin, int end, AnswerSource source) {
        int last = lastValue(begin, end);
        if (last < 0 || Words.isDenial(wordBefore(last))) {
            return Optional.empty();
        }
        int first = last;
        while (first > 0
                && last - first < rules.boxes()
                && formulas.outerBegin(first - 1) >= begin
                && joins(first - 1)
                && !isCondition(first - 1)) {
            first--;
        }
        return group(first, last, source);
    }

    /** The formula whose delimiter stands at the index, with those that belong to it. */
    Optional<ExtractedAnswer> at(int at, AnswerSource source) {
        int first = formulas.lastUpTo(at);
        if (first < 0 || formulas.outerBegin(first) != at || isName(first)) {
            return Optional.empty();
        }
        int last = first;
        while (last + 1 < formulas.size() && last - first < rules.boxes() && joins(last)) {
            last++;
        }
        return group(first, last, source);
    }

    /** "At $x = 3$, $f(3) = 9$" states the second alone; "for $x = 1$ or $x = 2$" both. */
    private boolean isCondition(int index) {
        int gap = formulas.outerBegin(index + 1) - formulas.outerEnd(index);
        return gap <= COMMA && Words.isCondition(wordBefore(index));
    }

    private String wordBefore(int index) {
        int end = Texts.trimEnd(scan.text(), scan.begin(), formulas.outerBegin(index));
        int begin = end;
        while (begin > scan.begin()
                && end - begin < WORD
                && !Texts.isSpace(scan.text().charAt(begin - 1))) {
            begin--;
        }
        return scan.text().substring(begin, end);
    }

    private boolean joins(int index) {
        return Connectives.joinFormulas(scan.text(), formulas.outerEnd(index), formulas.outerBegin(index + 1))
                && formulas.outerBegin(index + 1) > formulas.outerEnd(index);
    }

    /** The last formula within the bounds that is more than a name such as {@code x}. */
    private int lastValue(int begin, int end) {
        int index = formulas.lastUpTo(end - 1);
        while (index >= 0 && formulas.outerBegin(index) >= begin) {
            if (formulas.outerEnd(index) <= end && !isName(index)) {
                return index;
            }
            index--;
        }
        return -1;
    }

    /**
     * {@code $x$} names something and {@code $\\square$} ends a proof, they are no value; a capital may be a choice.
     */
    private boolean isName(int index) {
        int begin = Texts.skipSpace(scan.text(), formulas.begin(index), formulas.end(index));
        int end = Texts.trimEnd(scan.text(), begin, formulas.end(index));
        boolean name = end - begin == 1 && Character.isLowerCase(scan.text().charAt(begin));
        return name || PROVED.contains(scan.text().substring(begin, Math.min(end, begin + WORD)));
    }

    private Optional<ExtractedAnswer> group(int first, int last, AnswerSource source) {
        List<String> parts = new ArrayList<>();
        int length = 0;
        for (int i = first; i <= last; i++) {
            String part = Rows.last(scan.text(), formulas.begin(i), formulas.end(i));
            if (!part.isEmpty()) {
                parts.add(part);
                length += part.length();
            }
        }
        if (parts.isEmpty() || length > rules.answerLength()) {
            return Optional.empty();
        }
        String suffix = Suffixes.behind(parts.getLast(), scan.text(), formulas.outerEnd(last), scan.end());
        return Optional.of(new ExtractedAnswer(
                String.join(", ", parts) + suffix,
                source,
                Texts.skipSpace(scan.text(), formulas.begin(first), formulas.end(first))));
    }
}
