package dev.cooper.mathverifier;

import java.util.Objects;
import java.util.Optional;

/**
 * What comparing one completion with one reference came to.
 *
 * <p>{@link Correct} and {@link Incorrect} are settled. {@link Undecided} is a readable answer whose equality could not
 * be settled. {@link Unscorable} says that the reference (or the verifier) failed, never the completion, so nothing may
 * be concluded about any completion of that group.
 */
public sealed interface Verdict {

    /** The answer that was compared; empty when none was found or read. */
    Optional<ExtractedAnswer> answer();

    /** {@code CORRECT}, {@code INCORRECT}, {@code UNDECIDED} or {@code UNSCORABLE}. */
    default String kind() {
        return switch (this) {
            case Correct _ -> "CORRECT";
            case Incorrect _ -> "INCORRECT";
            case Undecided _ -> "UNDECIDED";
            case Unscorable _ -> "UNSCORABLE";
        };
    }

    /** The name of the rule or of the reason that decided. */
    default String code() {
        return switch (this) {
            case Correct correct -> correct.rule().name();
            case Incorrect incorrect -> incorrect.reason().name();
            case Undecided undecided -> undecided.reason().name();
            case Unscorable unscorable -> unscorable.reason().name();
        };
    }

    /** One line for people: the kind, the rule or reason that decided, and the detail. */
    String explanation();

    /** The answer equals the reference by {@code rule}. */
    record Correct(Rule rule, ExtractedAnswer extracted, String detail) implements Verdict {
        public Correct {
            Objects.requireNonNull(rule, "rule");
            Objects.requireNonNull(extracted, "extracted");
            Objects.requireNonNull(detail, "detail");
        }

        @Override
        public Optional<ExtractedAnswer> answer() {
            return Optional.of(extracted);
        }

        @Override
        public String explanation() {
            return "CORRECT by " + rule + ": " + detail;
        }
    }

    /** The answer differs from the reference, or there is no readable answer. */
    record Incorrect(IncorrectReason reason, Optional<ExtractedAnswer> answer, String detail) implements Verdict {
        public Incorrect {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(answer, "answer");
            Objects.requireNonNull(detail, "detail");
        }

        @Override
        public String explanation() {
            return "INCORRECT, " + reason + ": " + detail;
        }
    }

    /** An answer was found, but whether it equals the reference could not be settled. */
    record Undecided(UndecidedReason reason, ExtractedAnswer extracted, String detail) implements Verdict {
        public Undecided {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(extracted, "extracted");
            Objects.requireNonNull(detail, "detail");
        }

        @Override
        public Optional<ExtractedAnswer> answer() {
            return Optional.of(extracted);
        }

        @Override
        public String explanation() {
            return "UNDECIDED, " + reason + ": " + detail;
        }
    }

    /** The reference cannot be used, or the verifier failed: the whole group must be left out. */
    record Unscorable(UnscorableReason reason, String detail) implements Verdict {
        public Unscorable {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(detail, "detail");
        }

        /** For a caller that caught an unexpected failure of the verifier itself. */
        public static Unscorable fault(RuntimeException failure) {
            return new Unscorable(UnscorableReason.VERIFIER_FAULT, "the verifier failed: " + failure);
        }

        @Override
        public Optional<ExtractedAnswer> answer() {
            return Optional.empty();
        }

        @Override
        public String explanation() {
            return "UNSCORABLE, " + reason + ": " + detail;
        }
    }
}
