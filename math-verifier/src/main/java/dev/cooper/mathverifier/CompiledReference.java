package dev.cooper.mathverifier;

import dev.cooper.mathverifier.Comparison.Different;
import dev.cooper.mathverifier.Comparison.Equal;
import dev.cooper.mathverifier.Comparison.Unsettled;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A reference that was read once. Immutable and safe for any number of threads. */
public final class CompiledReference {
    private final String answer;
    private final AnswerReader.Reading reading;
    private final Optional<Verdict.Unscorable> problem;
    private final AnswerReader reader;
    private final AnswerExtractor extractor;
    private final ValueComparator comparator;

    private CompiledReference(
            String answer, AnswerReader.Reading reading, Optional<Verdict.Unscorable> problem, AnswerChecker checker) {
        this.answer = answer;
        this.reading = reading;
        this.problem = problem;
        reader = checker.reader();
        extractor = checker.extractor();
        comparator = new ValueComparator(checker.options());
    }

    static CompiledReference usable(String answer, AnswerReader.Reading reading, AnswerChecker checker) {
        return new CompiledReference(answer, reading, Optional.empty(), checker);
    }

    static CompiledReference unusable(Verdict.Unscorable problem, AnswerChecker checker) {
        var nothing = new AnswerReader.Reading(new Value.Malformed(problem.detail()), "");
        return new CompiledReference("", nothing, Optional.of(problem), checker);
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
        return switch (extractor.fromCompletion(completion)) {
            case Extraction.None _ -> incorrect(IncorrectReason.NO_ANSWER, "the completion holds no answer");
            case Extraction.Unreadable u -> incorrect(u.reason(), u.detail());
            case Extraction.Found found ->
                found.answers().size() == 1 ? checkOne(found.answers().getFirst()) : checkBoxes(found.answers());
        };
    }

    private Verdict checkOne(ExtractedAnswer extracted) {
        AnswerReader.Reading read = reader.read(extracted.text());
        if (read.value() instanceof Value.Malformed malformed) {
            return new Verdict.Incorrect(
                    IncorrectReason.UNREADABLE_ANSWER, Optional.of(extracted), "the answer: " + malformed.detail());
        }
        if (read.canonical().equals(reading.canonical())) {
            return new Verdict.Correct(Rule.SAME_TEXT, extracted, pair(extracted));
        }
        if (extracted.source() == AnswerSource.LAST_NUMBER && read.value() instanceof Value.Unread) {
            return new Verdict.Incorrect(
                    IncorrectReason.UNREADABLE_ANSWER,
                    Optional.of(extracted),
                    "no answer is marked, and what holds the last number, '" + extracted.text()
                            + "' is not a plain value");
        }
        return verdict(comparator.compare(reading.value(), read.value()), extracted);
    }

    private Verdict verdict(Comparison comparison, ExtractedAnswer extracted) {
        return switch (comparison) {
            case Equal equal -> new Verdict.Correct(equal.rule(), extracted, pair(extracted));
            case Different different ->
                new Verdict.Incorrect(different.reason(), Optional.of(extracted), pair(extracted));
            case Unsettled unsettled -> new Verdict.Undecided(unsettled.reason(), extracted, pair(extracted));
        };
    }

    /** Boxes whose texts differ count as one answer only if each of them is correct, or all are elements of a list. */
    private Verdict checkBoxes(List<ExtractedAnswer> boxes) {
        if (reading.value() instanceof Value.Listing) {
            String joined =
                    String.join(", ", boxes.stream().map(ExtractedAnswer::text).toList());
            var together = new ExtractedAnswer(joined, AnswerSource.BOXED);
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
        Value last = reader.read(boxes.getLast().text()).value();
        return !(last instanceof Value.Malformed)
                && boxes.stream()
                        .map(box -> reader.read(box.text()).value())
                        .allMatch(value -> comparator.compare(last, value) instanceof Equal);
    }

    private String pair(ExtractedAnswer extracted) {
        return "answer '" + extracted.text() + "' (" + extracted.source() + "), reference '" + answer + "'";
    }

    private static Verdict incorrect(IncorrectReason reason, String detail) {
        return new Verdict.Incorrect(reason, Optional.empty(), detail);
    }
}
