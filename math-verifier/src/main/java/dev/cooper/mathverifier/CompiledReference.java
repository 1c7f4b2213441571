package dev.cooper.mathverifier;

import dev.cooper.mathverifier.comparison.AnswerComparison;
import dev.cooper.mathverifier.comparison.Comparison;
import dev.cooper.mathverifier.extraction.Extraction;
import dev.cooper.mathverifier.syntax.Node;
import dev.cooper.mathverifier.syntax.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A reference that was read once. Immutable and safe for any number of threads. */
public final class CompiledReference {
    private final String answer;
    private final Reading reading;
    private final Optional<Verdict.Unscorable> problem;
    private final AnswerChecker checker;

    private CompiledReference(
            String answer, Reading reading, Optional<Verdict.Unscorable> problem, AnswerChecker checker) {
        this.answer = answer;
        this.reading = reading;
        this.problem = problem;
        this.checker = checker;
    }

    static CompiledReference usable(String answer, Reading reading, AnswerChecker checker) {
        return new CompiledReference(answer, reading, Optional.empty(), checker);
    }

    static CompiledReference unusable(Verdict.Unscorable problem, AnswerChecker checker) {
        return new CompiledReference("", new Reading.Unreadable(problem.detail()), Optional.of(problem), checker);
    }

    /** The answer's text in the reference; empty if there is a {@link #problem}. */
    public String answer() {
        return answer;
    }

    /** Why no completion can be checked against this reference, if so; then every check returns it. */
    public Optional<Verdict.Unscorable> problem() {
        return problem;
    }

    /** Checks a completion that ended by itself. */
    public Verdict check(String completion) {
        return check(completion, Ending.FINISHED);
    }

    /** Checks a completion; one that was cut off is incorrect whatever it says. */
    public Verdict check(String completion, Ending ending) {
        Objects.requireNonNull(completion, "completion");
        Objects.requireNonNull(ending, "ending");
        if (problem.isPresent()) {
            return problem.get();
        }
        if (ending == Ending.TRUNCATED) {
            return incorrect(IncorrectReason.TRUNCATED, "the completion was cut off at its length limit");
        }
        return switch (checker.extractor().fromCompletion(completion)) {
            case Extraction.None _ -> incorrect(IncorrectReason.NO_ANSWER, "the completion holds no answer");
            case Extraction.Unreadable u -> incorrect(u.reason(), u.detail());
            case Extraction.Found found ->
                found.answers().size() == 1 ? checkOne(found.answers().getFirst()) : checkBoxes(found);
        };
    }

    private Verdict checkOne(ExtractedAnswer extracted) {
        return switch (checker.parser().parse(extracted.text())) {
            case Reading.Unreadable unreadable ->
                new Verdict.Incorrect(
                        IncorrectReason.UNREADABLE_ANSWER,
                        Optional.of(extracted),
                        "the answer: " + unreadable.detail());
            case Reading.TooLarge tooLarge -> asText(extracted, tooLarge);
            case Reading.Read(Node node) -> compare(node, extracted);
        };
    }

    private Verdict compare(Node node, ExtractedAnswer extracted) {
        if (extracted.source() == AnswerSource.LAST_NUMBER && AnswerComparison.isOpaque(node)) {
            return new Verdict.Incorrect(
                    IncorrectReason.UNREADABLE_ANSWER,
                    Optional.of(extracted),
                    "no answer is marked, and what holds the last number, '" + extracted.text()
                            + "' is not a plain value");
        }
        return switch (reading) {
            case Reading.Read(Node wanted) -> verdict(checker.comparison().compare(wanted, node), extracted);
            case Reading.TooLarge tooLarge -> asText(extracted, tooLarge);
            case Reading.Unreadable unreadable -> throw new IllegalStateException(unreadable.detail());
        };
    }

    /** What is beyond the budget equals the same text, and is not compared with any other. */
    private Verdict asText(ExtractedAnswer extracted, Reading.TooLarge tooLarge) {
        return extracted.text().equals(answer)
                ? new Verdict.Correct(Rule.SAME_TEXT, extracted, pair(extracted))
                : new Verdict.Undecided(
                        UndecidedReason.BUDGET_EXCEEDED, extracted, pair(extracted) + "; " + tooLarge.detail());
    }

    private Verdict verdict(Comparison comparison, ExtractedAnswer extracted) {
        String detail = pair(extracted) + "; " + comparison.detail();
        return switch (comparison) {
            case Comparison.Equal equal -> new Verdict.Correct(equal.rule(), extracted, detail);
            case Comparison.Different different ->
                new Verdict.Incorrect(different.reason(), Optional.of(extracted), detail);
            case Comparison.Unsettled unsettled -> new Verdict.Undecided(unsettled.reason(), extracted, detail);
        };
    }

    /** Boxes whose texts differ count as one answer only if each of them is correct, or all are elements of a list. */
    private Verdict checkBoxes(Extraction.Found found) {
        List<ExtractedAnswer> boxes = found.answers();
        if (found.together() && reading instanceof Reading.Read(Node node) && AnswerComparison.isList(node)) {
            ExtractedAnswer together = found.joined();
            if (checkOne(together) instanceof Verdict.Correct) {
                return new Verdict.Correct(Rule.BOXES_TOGETHER, together, pair(together));
            }
        }
        List<Verdict> verdicts = new ArrayList<>();
        boxes.forEach(box -> verdicts.add(checkOne(box)));
        long correct =
                verdicts.stream().filter(v -> v instanceof Verdict.Correct).count();
        if (correct == boxes.size() || (correct == 0 && allEqual(boxes))) {
            return verdicts.getLast();
        }
        if (verdicts.stream().anyMatch(v -> v instanceof Verdict.Incorrect)) {
            return new Verdict.Incorrect(
                    IncorrectReason.SEVERAL_ANSWERS,
                    Optional.of(boxes.getLast()),
                    boxes.size() + " boxes that differ, not all of them equal to the reference '" + answer + "'");
        }
        return verdicts.stream()
                .filter(v -> v instanceof Verdict.Undecided)
                .findFirst()
                .orElseThrow();
    }

    private boolean allEqual(List<ExtractedAnswer> boxes) {
        Reading last = checker.parser().parse(boxes.getLast().text());
        return boxes.stream()
                .allMatch(box -> checker.areEqual(last, checker.parser().parse(box.text())));
    }

    private String pair(ExtractedAnswer extracted) {
        return "answer '" + extracted.text() + "' (" + extracted.source() + " at " + extracted.offset()
                + "), reference '" + answer + "'";
    }

    private static Verdict incorrect(IncorrectReason reason, String detail) {
        return new Verdict.Incorrect(reason, Optional.empty(), detail);
    }
}
