package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.IncorrectReason;
import dev.cooper.mathverifier.Rule;
import dev.cooper.mathverifier.UndecidedReason;
import dev.cooper.mathverifier.algebra.Equality;
import dev.cooper.mathverifier.comparison.Comparison.Different;
import dev.cooper.mathverifier.comparison.Comparison.Equal;
import dev.cooper.mathverifier.syntax.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Labelled values, calculations and functions: what counts is the value behind the last equals sign. */
final class LabelRung implements Rung {

    @Override
    public Optional<Comparison> compare(Node reference, Node answer, Comparer comparer) {
        Optional<Chain> wanted = Chain.of(reference);
        Optional<Chain> given = Chain.of(answer);
        boolean equationAgainstChain = (wanted.isPresent() && given.isEmpty() && isStatement(answer))
                || (given.isPresent() && wanted.isEmpty() && isStatement(reference));
        if ((wanted.isEmpty() && given.isEmpty()) || equationAgainstChain) {
            return Optional.empty();
        }
        if (contradicts(wanted, comparer) || contradicts(given, comparer)) {
            return Optional.of(new Different(
                    IncorrectReason.CONTRADICTION, "the members of a chain of equations are not equal to one another"));
        }
        if (wanted.isPresent() && given.isPresent()) {
            return chains(wanted.get(), given.get(), comparer);
        }
        Optional<Node> label = wanted.or(() -> given).flatMap(Chain::label);
        Node wantedValue = wanted.map(Chain::value).orElse(reference);
        Node givenValue = given.map(Chain::value).orElse(answer);
        return Optional.of(oneLabel(label, wantedValue, givenValue, comparer));
    }

    private static boolean isStatement(Node node) {
        return node instanceof Node.Relation relation && !relation.signs().contains(Node.Relation.Sign.ELEMENT_OF);
    }

    private static Optional<Comparison> chains(Chain wanted, Chain given, Comparer comparer) {
        if (wanted.label().isEmpty() || given.label().isEmpty()) {
            return Optional.of(comparer.compare(wanted.value(), given.value()));
        }
        Node wantedLabel = wanted.label().get();
        Node givenLabel = given.label().get();
        if (Labels.areSame(wantedLabel, givenLabel)) {
            return Optional.of(named(
                    comparer.compare(wanted.value(), Arguments.renamed(wantedLabel, givenLabel, given.value())),
                    wantedLabel));
        }
        boolean equations = !Trees.symbols(wanted.value()).isEmpty()
                || !Trees.symbols(given.value()).isEmpty();
        Comparison values = comparer.compare(wanted.value(), given.value());
        if (equations && !values.isEqual()) {
            return Optional.empty();
        }
        return Optional.of(Outcomes.weaken(
                values, UndecidedReason.DIFFERENT_LABELS, "the same value of something that is called otherwise"));
    }

    private static Comparison named(Comparison comparison, Node label) {
        boolean function = label instanceof Node.Call call && Labels.haveVariables(call);
        return function && comparison instanceof Equal equal && equal.rule() == Rule.SAME_VALUE
                ? Outcomes.equal(Rule.SAME_FUNCTION, equal.detail())
                : comparison;
    }

    /** A bare expression may call the variable of a function otherwise. */
    private static Comparison oneLabel(Optional<Node> label, Node wanted, Node given, Comparer comparer) {
        Comparison comparison = comparer.compare(wanted, given);
        if (comparison instanceof Different
                && label.isPresent()
                && label.get() instanceof Node.Call call
                && call.arguments().size() == 1
                && Labels.haveVariables(call)) {
            Set<String> left = Trees.symbols(wanted);
            Set<String> right = Trees.symbols(given);
            boolean names = wanted instanceof Node.Symbol || given instanceof Node.Symbol;
            if (left.size() == 1 && right.size() == 1 && !names) {
                Node variable = new Node.Symbol(left.iterator().next());
                return comparer.compare(
                        wanted, Trees.substitute(given, right.iterator().next(), variable));
            }
        }
        return comparison;
    }

    /** Members without a value that is known say nothing; a decimal may be rounded. */
    private static boolean contradicts(Optional<Chain> chain, Comparer comparer) {
        if (chain.isEmpty() || comparer.mathVerify().isPresent()) {
            return false;
        }
        List<Node> members = chain.get().members();
        Node last = members.getLast();
        return members.subList(0, members.size() - 1).stream().anyMatch(member -> differ(member, last, comparer));
    }

    private static boolean differ(Node member, Node last, Comparer comparer) {
        if (Kinds.of(member) != Kinds.SCALAR || Kinds.of(last) != Kinds.SCALAR) {
            return comparer.compare(member, last) instanceof Different;
        }
        return comparer.scalars().compare(member, last) instanceof Equality.Different
                && !comparer.areEqual(member, last)
                && !Decimals.isRounded(member, last, comparer.scalars());
    }
}
