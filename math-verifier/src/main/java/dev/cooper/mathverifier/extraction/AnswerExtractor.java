package dev.cooper.mathverifier.extraction;

import dev.cooper.mathverifier.AnswerSource;
import dev.cooper.mathverifier.ExtractedAnswer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds the answer in a completion or in a reference: one scan over the text, then the first source of the rules'
 * ranking that holds an answer. The work grows linearly with the text. Immutable and safe for any number of threads.
 */
public final class AnswerExtractor {
    private final ExtractionRules rules;
    private final AnswerShape shape;

    public AnswerExtractor(ExtractionRules rules, AnswerShape shape) {
        this.rules = Objects.requireNonNull(rules, "rules");
        this.shape = Objects.requireNonNull(shape, "shape");
    }

    /** The answer of a completion. */
    public Extraction fromCompletion(String text) {
        Finders finders = finders(text);
        return rules.ranking().stream()
                .map(finders::find)
                .filter(found -> !(found instanceof Extraction.None))
                .findFirst()
                .orElseGet(Extraction.None::new);
    }

    /**
     * The answer of a reference: as in a completion if it marks one; else it is the answer as a whole, unless it is
     * prose with a formula or number in it, a worked solution.
     */
    public Extraction fromReference(String text) {
        Finders finders = finders(text);
        for (AnswerSource source : rules.ranking()) {
            Extraction found = source.isMarked() ? finders.find(source) : new Extraction.None();
            if (!(found instanceof Extraction.None)) {
                return found;
            }
        }
        return finders.wholeReference();
    }

    private Finders finders(String text) {
        Region region = Region.of(text);
        return new Finders(new TextScan(text, region.begin(), region.end(), rules.inlineLineBreaks()));
    }

    /** The finders of one text. */
    private final class Finders {
        private final TextScan scan;
        private final FormulaFinder formulas;
        private final NumberFinder numbers;
        private final PhraseFinder phrases;
        private final UnmarkedFinder unmarked;

        Finders(TextScan scan) {
            this.scan = scan;
            formulas = new FormulaFinder(scan, rules);
            numbers = new NumberFinder(scan, rules);
            var statements = new StatementReader(scan, rules, shape, new Sentences(scan), formulas, numbers);
            phrases = new PhraseFinder(scan, statements, rules, shape);
            unmarked = new UnmarkedFinder(scan, rules, shape);
        }

        Extraction find(AnswerSource source) {
            return switch (source) {
                case BOXED -> new BoxFinder(scan, rules).find();
                case HASHES -> phrases.hashes();
                case FINAL_ANSWER, ANSWER_PHRASE -> phrases.phrase(source);
                case WHOLE_TEXT -> found(unmarked.denial().or(unmarked::wholeText));
                case CHOICE -> found(unmarked.choice());
                case BOLD -> found(unmarked.bold());
                case LAST_FORMULA -> formulaOrNothing();
                case LAST_NUMBER -> found(lastNumber());
            };
        }

        /** The last formula, unless a number stands behind it. */
        private Extraction formulaOrNothing() {
            boolean numberBehind =
                    scan.lastDigit() >= formulas.lastEnd() && rules.ranking().contains(AnswerSource.LAST_NUMBER);
            return numberBehind && lastNumber().isPresent()
                    ? new Extraction.None()
                    : found(formulas.last(AnswerSource.LAST_FORMULA));
        }

        private Optional<ExtractedAnswer> lastNumber() {
            return numbers.lastIn(Math.max(scan.begin(), formulas.lastEnd()), scan.end(), AnswerSource.LAST_NUMBER);
        }

        Extraction wholeReference() {
            Optional<ExtractedAnswer> whole = unmarked.wholeText();
            if (whole.isPresent()) {
                return found(whole);
            }
            if (!unmarked.isWorkedSolution()) {
                return found(unmarked.everything());
            }
            Extraction formula = find(AnswerSource.LAST_FORMULA);
            return formula instanceof Extraction.None ? find(AnswerSource.LAST_NUMBER) : formula;
        }

        private static Extraction found(Optional<ExtractedAnswer> answer) {
            return answer.<Extraction>map(found -> new Extraction.Found(List.of(found), false))
                    .orElseGet(Extraction.None::new);
        }
    }
}
