package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.algebra.Form.Exact;
import dev.cooper.mathverifier.algebra.Form.Infinite;
import dev.cooper.mathverifier.numeric.Rational;
import dev.cooper.mathverifier.syntax.Node;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An expression made ready to be compared with many. Immutable but for values that are kept once they are known; for
 * any number of threads. Made by {@link ScalarEquality#prepare}.
 */
public final class Scalar {
    private final @Nullable Node node;
    private final Map<String, Node> replacements;
    private final Reading decimal;
    /** With the natural logarithm where none is named; the same reading where there is no such logarithm. */
    private final Reading natural;

    private Scalar(@Nullable Node node, Map<String, Node> replacements, Reading decimal, Reading natural) {
        this.node = node;
        this.replacements = replacements;
        this.decimal = decimal;
        this.natural = natural;
    }

    /** The replacements may have symbols of the point in them. */
    static Scalar of(Node node, Map<String, Node> replacements, Map<String, Node> point, AlgebraBudget budget) {
        Normalizer normalizer = new Normalizer(new Work(budget), true);
        Reading decimal = read(node, replacements, point, normalizer);
        Reading natural = normalizer.sawBareLogarithm()
                ? read(node, replacements, point, new Normalizer(new Work(budget), false))
                : decimal;
        return new Scalar(node, replacements, decimal, natural);
    }

    private static Reading read(
            Node node, Map<String, Node> replacements, Map<String, Node> point, Normalizer normalizer) {
        try {
            return new Reading(normalizer.normalize(node, replacements, point), null);
        } catch (NoValueException e) {
            return new Reading(null, e);
        }
    }

    static Scalar of(Form form) {
        Reading reading = new Reading(form, null);
        return new Scalar(null, Map.of(), reading, reading);
    }

    /** With numbers in the place of symbols. */
    Scalar at(Map<String, Node> point, AlgebraBudget budget) {
        if (node == null) {
            throw new IllegalStateException("only an expression that was written can be taken at a point");
        }
        return of(node, replacements, point, budget);
    }

    boolean hasTwoReadings() {
        return decimal != natural;
    }

    Reading decimal() {
        return decimal;
    }

    Reading natural() {
        return natural;
    }

    /** The value, if it is a rational number and was found to be one while the expression was made ready. */
    public Optional<Rational> exact() {
        return decimal.form instanceof Exact x ? Optional.of(x.value) : Optional.empty();
    }

    /** Whether it has a normal form: it is understood, within the budget and not undefined. */
    public boolean isUnderstood() {
        return decimal.form != null;
    }

    /** Whether nothing in it varies: neither variables nor unknown functions nor integrals, limits or infinite sums. */
    public boolean isConstant() {
        return decimal.form != null && decimal.form.isConstant() && !(decimal.form instanceof Infinite);
    }

    /** 1 for ∞, −1 for −∞, 0 for all else. */
    public int infinity() {
        return decimal.form instanceof Infinite x ? x.sign : 0;
    }

    /** The variables on which its value depends, in alphabetical order; those that cancel are not among them. */
    public Set<String> symbols() {
        return decimal.form == null ? Set.of() : Symbols.of(decimal.form);
    }

    /** What a text was normalised to: a form, or why there is none. */
    static final class Reading {
        final @Nullable Form form;
        final @Nullable NoValueException failure;
        /** Made when first asked for; every thread would make the same. */
        private volatile @Nullable Fingerprint fingerprint;

        Reading(@Nullable Form form, @Nullable NoValueException failure) {
            this.form = form;
            this.failure = failure;
        }

        Fingerprint fingerprint(Form ofForm, AlgebraBudget budget) {
            Fingerprint known = fingerprint;
            if (known == null) {
                known = Fingerprint.of(ofForm, new Work(budget));
                fingerprint = known;
            }
            return known;
        }
    }
}
