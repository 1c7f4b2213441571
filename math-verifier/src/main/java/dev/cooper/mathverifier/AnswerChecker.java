package dev.cooper.mathverifier;

import java.util.List;
import java.util.Objects;

/**
 * Checks completions against reference answers. Immutable and safe for any number of threads; deterministic; the work
 * of a check grows linearly with the completion's length and is bounded by {@link CheckOptions.Budget} for the answer.
 */
public final class AnswerChecker {
    private final CheckOptions options;
    private final AnswerReader reader;
    private final AnswerExtractor extractor;

    /** A checker with {@link CheckOptions#defaults()}. */
    public AnswerChecker() {
        this(CheckOptions.defaults());
    }

    public AnswerChecker(CheckOptions options) {
        this.options = Objects.requireNonNull(options, "options");
        reader = new AnswerReader(options.budget());
        extractor = new AnswerExtractor(options, reader);
    }

    /** Reads a reference once for all completions of its group. Never fails: see {@link CompiledReference#problem}. */
    public CompiledReference forReference(String reference) {
        Objects.requireNonNull(reference, "reference");
        return switch (extractor.fromReference(reference)) {
            case Extraction.None _ ->
                unusable(new Verdict.Unscorable(UnscorableReason.EMPTY_REFERENCE, "the reference is empty"));
            case Extraction.Unreadable u ->
                unusable(new Verdict.Unscorable(UnscorableReason.UNREADABLE_REFERENCE, "the reference: " + u.detail()));
            case Extraction.Found found -> compile(found.answers());
        };
    }

    /** Checks one completion that ended by itself. */
    public Verdict check(String reference, String completion) {
        return forReference(reference).check(completion);
    }

    private CompiledReference compile(List<ExtractedAnswer> answers) {
        // Several boxes in a worked solution state one answer together.
        String text =
                String.join(", ", answers.stream().map(ExtractedAnswer::text).toList());
        if (text.length() > options.budget().answerLength()) {
            return unusable(new Verdict.Unscorable(
                    UnscorableReason.REFERENCE_TOO_LONG,
                    "the reference's answer has " + text.length() + " characters; the limit is "
                            + options.budget().answerLength()));
        }
        AnswerReader.Reading reading = reader.read(text);
        if (reading.value() instanceof Value.Malformed malformed) {
            return unusable(new Verdict.Unscorable(
                    UnscorableReason.UNREADABLE_REFERENCE, "the reference's answer: " + malformed.detail()));
        }
        return CompiledReference.usable(text, reading, this);
    }

    private CompiledReference unusable(Verdict.Unscorable problem) {
        return CompiledReference.unusable(problem, this);
    }

    CheckOptions options() {
        return options;
    }

    AnswerReader reader() {
        return reader;
    }

    AnswerExtractor extractor() {
        return extractor;
    }
}
