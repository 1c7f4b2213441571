package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.Rule;
import dev.cooper.mathverifier.UndecidedReason;
import dev.cooper.mathverifier.comparison.RealSetReader.Described;
import dev.cooper.mathverifier.syntax.Node;
import dev.cooper.mathverifier.syntax.Node.Relation.Sign;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Sets of real numbers in whatever notation: {@code x > 5}, {@code (5, \infty)}, {@code \{x \mid x > 5\}}. */
final class RealSetRung implements Rung {

    @Override
    public Optional<Comparison> compare(Node reference, Node answer, Comparer comparer) {
        boolean bothBracketed = reference instanceof Node.Bracketed && answer instanceof Node.Bracketed;
        if (bothBracketed || !(speaksOfSets(reference) || speaksOfSets(answer))) {
            return Optional.empty();
        }
        // A reference may leave a quadratic inequality unsolved; an answer that does so repeats the question.
        Optional<Described> wanted = new RealSetReader(comparer, true).read(reference);
        Optional<Described> given =
                wanted.isEmpty() ? Optional.empty() : new RealSetReader(comparer, false).read(answer);
        if (wanted.isEmpty() || given.isEmpty() || isAboutOthers(wanted.get(), given.get())) {
            return Optional.empty();
        }
        if (isRefused(reference, answer, comparer)) {
            return Optional.of(Outcomes.differentKind("Math-Verify takes no inequality for a set"));
        }
        Comparison sets = compare(wanted.get().set(), given.get().set(), comparer);
        return Optional.of(
                haveSameName(wanted.get(), given.get())
                        ? sets
                        : Outcomes.weaken(sets, UndecidedReason.DIFFERENT_LABELS, "the same set of another unknown"));
    }

    private static boolean isRefused(Node reference, Node answer, Comparer comparer) {
        boolean setWanted = !(reference instanceof Node.Relation relation)
                || relation.signs().contains(Sign.ELEMENT_OF);
        boolean inequalityGiven = answer instanceof Node.Relation relation
                && relation.signs().stream().allMatch(Signs::isInequality);
        return setWanted
                && inequalityGiven
                && comparer.mathVerify()
                        .filter(rules -> !rules.allowSetRelation())
                        .isPresent();
    }

    /** {@code y > 2x + 1} and {@code x < y/2} may be the same inequality, solved for different unknowns. */
    private static boolean isAboutOthers(Described wanted, Described given) {
        return !haveSameName(wanted, given) && (hasVariables(wanted.set()) || hasVariables(given.set()));
    }

    private static boolean haveSameName(Described wanted, Described given) {
        return wanted.unknown().isEmpty()
                || given.unknown().isEmpty()
                || wanted.unknown().equals(given.unknown());
    }

    private static boolean hasVariables(RealSet set) {
        return set.pieces().stream()
                .flatMap(piece -> Stream.of(piece.lower(), piece.upper()))
                .anyMatch(end ->
                        end.value().filter(v -> !Trees.symbols(v).isEmpty()).isPresent());
    }

    private static Comparison compare(RealSet wanted, RealSet given, Comparer comparer) {
        if (wanted.pieces().size() != given.pieces().size()) {
            return Outcomes.differentValue(wanted.pieces().size() + " intervals and points are due, not "
                    + given.pieces().size());
        }
        if (wanted.sorted() && given.sorted()) {
            List<Comparison> parts = new ArrayList<>();
            for (int i = 0; i < wanted.pieces().size(); i++) {
                parts.add(compare(wanted.pieces().get(i), given.pieces().get(i), comparer));
            }
            return Outcomes.all(parts, Rule.SAME_SET, "the same real numbers");
        }
        return new Matching(
                        wanted.pieces().size(),
                        (i, j) -> compare(wanted.pieces().get(i), given.pieces().get(j), comparer))
                .outcome(Rule.SAME_SET, "the same intervals");
    }

    private static Comparison compare(Piece wanted, Piece given, Comparer comparer) {
        return Outcomes.all(
                List.of(
                        compare(wanted.lower(), given.lower(), comparer),
                        compare(wanted.upper(), given.upper(), comparer)),
                Rule.SAME_SET,
                "the same interval");
    }

    private static Comparison compare(Piece.End wanted, Piece.End given, Comparer comparer) {
        if (wanted.value().isPresent() != given.value().isPresent()) {
            return Outcomes.differentValue("one is bounded where the other is not");
        }
        if (wanted.closed() != given.closed()) {
            return Outcomes.differentValue("an endpoint belongs to one and not to the other");
        }
        return wanted.value().isEmpty()
                ? Outcomes.equal(Rule.SAME_SET, "both are unbounded")
                : comparer.compare(wanted.value().get(), given.value().get());
    }

    /** Whether this can only be a set of numbers, not a tuple, a list or a solution. */
    private static boolean speaksOfSets(Node node) {
        return switch (node) {
            case Node.Relation relation -> relation.signs().stream().anyMatch(RealSetRung::bounds);
            case Node.SetOperation _, Node.SetBuilder _, Node.NumberSet _, Node.Not _ -> true;
            case Node.Bracketed bracketed ->
                bracketed.open() != bracketed.close()
                        || Normal.onlyPoint(bracketed).isPresent()
                        || bracketed.elements().stream().anyMatch(e -> Trees.isInfinity(e) || Trees.isMinusInfinity(e));
            case Node.Sequence sequence -> sequence.items().stream().anyMatch(RealSetRung::speaksOfSets);
            default -> false;
        };
    }

    private static boolean bounds(Sign sign) {
        return Signs.isInequality(sign)
                || sign == Sign.NOT_EQUAL
                || sign == Sign.ELEMENT_OF
                || sign == Sign.NOT_ELEMENT_OF;
    }
}
