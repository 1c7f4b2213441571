package dev.cooper.mathverifier;

import dev.cooper.mathverifier.numeric.Rational;
import java.util.List;
import java.util.Objects;

/** What an answer's text was read as. */
sealed interface Value {

    /**
     * A number.
     *
     * @param value the number as written, so 50 for {@code 50%}
     * @param percent whether a percent sign followed
     * @param unit the canonical name of a known unit, or empty
     * @param fractionDigits digits after the decimal point, 0 if it was not written as a decimal
     */
    record Numeric(Rational value, boolean percent, String unit, int fractionDigits) implements Value {
        public Numeric {
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(unit, "unit");
        }
    }

    /** Words or a single-letter choice, in lower case with single spaces. */
    record Words(String text) implements Value {}

    /** Ordered elements between {@code open} and {@code close}, which are round or square. */
    record Tuple(String open, String close, List<Value> elements) implements Value {
        public Tuple {
            elements = List.copyOf(elements);
        }
    }

    /** Elements in no order: a bare list or a set. */
    record Listing(List<Value> elements) implements Value {
        public Listing {
            elements = List.copyOf(elements);
        }
    }

    /** A value behind a label such as {@code x =}. */
    record Labelled(String label, Value value) implements Value {}

    /** Well-formed, but not read as a value; comparable as text only. */
    record Unread(UndecidedReason reason, String canonical) implements Value {}

    /** Not well-formed. */
    record Malformed(String detail) implements Value {}
}
