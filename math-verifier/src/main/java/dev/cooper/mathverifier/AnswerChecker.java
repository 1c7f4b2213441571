package dev.cooper.mathverifier;

import dev.cooper.mathverifier.comparison.AnswerComparison;
import dev.cooper.mathverifier.extraction.AnswerExtractor;
import dev.cooper.mathverifier.extraction.Extraction;
import dev.cooper.mathverifier.extraction.ExtractionRules;
import dev.cooper.mathverifier.extraction.ReadableShape;
import dev.cooper.mathverifier.syntax.AnswerParser;
import dev.cooper.mathverifier.syntax.Node;
import dev.cooper.mathverifier.syntax.Reading;
import dev.cooper.mathverifier.syntax.SyntaxBudget;
import java.util.List;
import java.util.Objects;

/**
 * Checks completions against reference answers. Immutable and safe for any number of threads; deterministic; the work
 * of a check grows linearly with the completion's length and is bounded by {@link CheckOptions.Budget} for the answer.
 */
public final class AnswerChecker {
    /** Far more than the answers of any data set hold; depth and length bound the work as well. */
    private static final int NODES = 2000;

    private final CheckOptions options;
    private final AnswerParser parser;
    private final AnswerComparison comparison;
    private final AnswerExtractor extractor;

    /** A checker with {@link CheckOptions#defaults()}. */
    public AnswerChecker() {
        this(CheckOptions.defaults());
    }

    public AnswerChecker(CheckOptions options) {
        this.options = Objects.requireNonNull(options, "options");
        CheckOptions.Budget budget = options.budget();
        parser = new AnswerParser(new SyntaxBudget(budget.answerLength(), budget.depth(), NODES, budget.digits()));
        comparison = new AnswerComparison(options);
        extractor = new AnswerExtractor(rules(options), new ReadableShape(parser));
    }

    /** Reads a reference once for all completions of its group. Never fails: see {@link CompiledReference#problem}. */
    public CompiledReference forReference(String reference) {
        Objects.requireNonNull(reference, "reference");
        return switch (extractor.fromReference(reference)) {
            case Extraction.None _ ->
                unusable(new Verdict.Unscorable(UnscorableReason.EMPTY_REFERENCE, "the reference is empty"));
            case Extraction.Unreadable u ->
                unusable(new Verdict.Unscorable(UnscorableReason.UNREADABLE_REFERENCE, "the reference: " + u.detail()));
            case Extraction.Found found -> compile(found);
        };
    }

    /** Checks one completion that ended by itself. */
    public Verdict check(String reference, String completion) {
        return forReference(reference).check(completion);
    }

    /**
     * Checks a batch over all cores; each distinct reference is read once. A failure of the verifier itself is the
     * verdict of its own attempt and leaves the others alone.
     *
     * @return one verdict an attempt, in their order
     */
    public List<Verdict> checkAll(List<Attempt> attempts) {
        var references = new References(this);
        return attempts.parallelStream()
                .map(attempt -> check(references, attempt))
                .toList();
    }

    private static Verdict check(References references, Attempt attempt) {
        try {
            return references.of(attempt.reference()).check(attempt.completion(), attempt.ending());
        } catch (RuntimeException failure) {
            return Verdict.Unscorable.fault(failure);
        }
    }

    private CompiledReference compile(Extraction.Found found) {
        String text = found.answers().size() == 1 ? found.answers().getFirst().text() : oneOf(found);
        if (text.length() > options.budget().answerLength()) {
            return unusable(new Verdict.Unscorable(
                    UnscorableReason.REFERENCE_TOO_LONG,
                    "the reference's answer has " + text.length() + " characters; the limit is "
                            + options.budget().answerLength()));
        }
        Reading reading = parser.parse(text);
        return reading instanceof Reading.Unreadable unreadable
                ? unusable(new Verdict.Unscorable(
                        UnscorableReason.UNREADABLE_REFERENCE, "the reference's answer: " + unreadable.detail()))
                : CompiledReference.usable(text, reading, this);
    }

    /** Several boxes in a worked solution state one answer in several forms, or one list together. */
    private String oneOf(Extraction.Found found) {
        Reading last = parser.parse(found.answers().getLast().text());
        boolean same = found.answers().stream().allMatch(answer -> areEqual(last, parser.parse(answer.text())));
        return (same ? found.answers().getLast() : found.joined()).text();
    }

    boolean areEqual(Reading left, Reading right) {
        return left instanceof Reading.Read(Node wanted)
                && right instanceof Reading.Read(Node given)
                && comparison.compare(wanted, given).isEqual();
    }

    private CompiledReference unusable(Verdict.Unscorable problem) {
        return CompiledReference.unusable(problem, this);
    }

    private static ExtractionRules rules(CheckOptions options) {
        ExtractionRules profile =
                options.mathVerifyRules().isPresent() ? ExtractionRules.mathVerify() : ExtractionRules.defaults();
        ExtractionRules rules = profile.withLimits(
                options.budget().answerLength(), options.budget().boxes());
        return options.unmarkedAnswers() ? rules : rules.onlyMarked();
    }

    AnswerParser parser() {
        return parser;
    }

    AnswerComparison comparison() {
        return comparison;
    }

    AnswerExtractor extractor() {
        return extractor;
    }
}
