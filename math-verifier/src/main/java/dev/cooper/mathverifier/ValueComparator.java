package dev.cooper.mathverifier;

import dev.cooper.mathverifier.Comparison.Different;
import dev.cooper.mathverifier.Comparison.Equal;
import dev.cooper.mathverifier.Comparison.Unsettled;
import dev.cooper.mathverifier.numeric.Rational;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares a value with that of the reference; at most elements² number comparisons a pair of lists. */
final class ValueComparator {
    private final CheckOptions options;

    ValueComparator(CheckOptions options) {
        this.options = options;
    }

    Comparison compare(Value reference, Value answer) {
        if (reference instanceof Value.Labelled r) {
            return labelled(r, answer);
        }
        if (answer instanceof Value.Labelled a) {
            return compare(reference, a.value());
        }
        if (reference instanceof Value.Unread r) {
            return unread(r, answer);
        }
        if (answer instanceof Value.Unread a) {
            return new Unsettled(a.reason());
        }
        return read(reference, answer);
    }

    private Comparison labelled(Value.Labelled reference, Value answer) {
        if (!(answer instanceof Value.Labelled a)) {
            return compare(reference.value(), answer);
        }
        Comparison values = compare(reference.value(), a.value());
        return values instanceof Equal && !a.label().equals(reference.label())
                ? new Unsettled(UndecidedReason.DIFFERENT_LABELS)
                : values;
    }

    private static Comparison unread(Value.Unread reference, Value answer) {
        boolean sameText = answer instanceof Value.Unread a && a.canonical().equals(reference.canonical());
        return sameText ? new Equal(Rule.SAME_TEXT) : new Unsettled(reference.reason());
    }

    private Comparison read(Value reference, Value answer) {
        if (reference instanceof Value.Numeric r && answer instanceof Value.Numeric a) {
            return numeric(r, a);
        }
        if (reference instanceof Value.Words r && answer instanceof Value.Words a) {
            return r.equals(a) ? new Equal(Rule.SAME_WORDS) : new Different(IncorrectReason.DIFFERENT_WORDS);
        }
        if (reference instanceof Value.Tuple r && answer instanceof Value.Tuple a) {
            return tuple(r, a);
        }
        if (reference instanceof Value.Listing r && answer instanceof Value.Listing a) {
            return listing(r.elements(), a.elements());
        }
        if (reference instanceof Value.Tuple r && answer instanceof Value.Listing a) {
            return otherNotation(r.elements(), a.elements());
        }
        if (reference instanceof Value.Listing r && answer instanceof Value.Tuple a) {
            return otherNotation(r.elements(), a.elements());
        }
        // Malformed elements were refused while reading; against anything else they are of another kind.
        return new Different(IncorrectReason.DIFFERENT_KIND);
    }

    private Comparison numeric(Value.Numeric reference, Value.Numeric answer) {
        Optional<Rule> rule = equality(reference, answer);
        if (rule.isEmpty()) {
            return new Different(IncorrectReason.DIFFERENT_VALUE);
        }
        boolean unitsDiffer = !reference.unit().isEmpty()
                && !answer.unit().isEmpty()
                && !reference.unit().equals(answer.unit());
        return unitsDiffer ? new Unsettled(UndecidedReason.DIFFERENT_UNITS) : new Equal(rule.get());
    }

    private Optional<Rule> equality(Value.Numeric reference, Value.Numeric answer) {
        if (reference.percent() != answer.percent()) {
            Rational percentage = reference.percent() ? reference.value() : answer.value();
            Rational plain = reference.percent() ? answer.value() : reference.value();
            return options.percent().accepts(percentage, plain)
                    ? Optional.of(Rule.SAME_VALUE_AS_PERCENT)
                    : Optional.empty();
        }
        if (reference.value().equals(answer.value())) {
            return Optional.of(Rule.SAME_VALUE);
        }
        return options.roundToReference() && roundsTo(reference, answer)
                ? Optional.of(Rule.ROUNDS_TO_REFERENCE)
                : Optional.empty();
    }

    /** At most half a unit of the last digit that the reference states; an integer states no digits. */
    private static boolean roundsTo(Value.Numeric reference, Value.Numeric answer) {
        if (reference.fractionDigits() == 0) {
            return false;
        }
        Rational half = Rational.decimal(BigInteger.valueOf(5), -reference.fractionDigits() - 1);
        return answer.value().plus(reference.value().negate()).abs().isAtMost(half);
    }

    private Comparison tuple(Value.Tuple reference, Value.Tuple answer) {
        if (reference.elements().size() != answer.elements().size()) {
            return new Different(IncorrectReason.DIFFERENT_KIND);
        }
        Comparison worst = new Equal(Rule.SAME_TUPLE);
        for (int i = 0; i < reference.elements().size(); i++) {
            Comparison element =
                    compare(reference.elements().get(i), answer.elements().get(i));
            if (element instanceof Different) {
                return new Different(IncorrectReason.DIFFERENT_VALUE);
            }
            worst = element instanceof Unsettled ? element : worst;
        }
        boolean sameBrackets =
                reference.open().equals(answer.open()) && reference.close().equals(answer.close());
        return sameBrackets || worst instanceof Unsettled ? worst : new Different(IncorrectReason.DIFFERENT_KIND);
    }

    /** Each element of the reference takes the first equal element of the answer that is still free. */
    private Comparison listing(List<Value> reference, List<Value> answer) {
        if (reference.size() != answer.size()) {
            return new Different(IncorrectReason.DIFFERENT_VALUE);
        }
        List<Value> free = new ArrayList<>(answer);
        Optional<Unsettled> unsettled = Optional.empty();
        boolean allFound = true;
        for (Value wanted : reference) {
            boolean found = false;
            for (int i = 0; i < free.size() && !found; i++) {
                Comparison element = compare(wanted, free.get(i));
                if (element instanceof Equal) {
                    free.remove(i);
                    found = true;
                } else if (element instanceof Unsettled u) {
                    unsettled = Optional.of(u);
                }
            }
            allFound &= found;
        }
        if (allFound) {
            return new Equal(Rule.SAME_LIST);
        }
        return unsettled.isPresent() ? unsettled.get() : new Different(IncorrectReason.DIFFERENT_VALUE);
    }

    private Comparison otherNotation(List<Value> reference, List<Value> answer) {
        Comparison elements = listing(reference, answer);
        return elements instanceof Equal ? new Unsettled(UndecidedReason.DIFFERENT_NOTATION) : elements;
    }
}
