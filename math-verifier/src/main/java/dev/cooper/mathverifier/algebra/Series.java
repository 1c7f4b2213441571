package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.algebra.Form.Bounded;
import dev.cooper.mathverifier.algebra.Form.Bounded.Kind;
import dev.cooper.mathverifier.algebra.Form.Exact;
import dev.cooper.mathverifier.algebra.Form.Infinite;
import dev.cooper.mathverifier.algebra.Form.Variable;
import dev.cooper.mathverifier.algebra.Normalizer.Binding;
import dev.cooper.mathverifier.numeric.Rational;
import dev.cooper.mathverifier.syntax.Node;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sums, products, integrals and limits. A sum between known integers is written out if it is short; else its variable
 * is renamed by how many others are bound around it, so that the name chosen does not matter.
 */
final class Series {
    private final Normalizer normalizer;
    private final Algebra algebra;

    Series(Normalizer normalizer, Algebra algebra) {
        this.normalizer = normalizer;
        this.algebra = algebra;
    }

    Form normalize(Node.BigOperator operator, @Nullable Binding scope, int depth) {
        return switch (operator.kind()) {
            case SUM -> sum(operator, scope, depth, true);
            case PRODUCT -> sum(operator, scope, depth, false);
            case INTEGRAL -> integral(operator, scope, depth);
            case UNION, INTERSECTION -> throw NoValueException.NOT_SCALAR;
        };
    }

    Form normalize(Node.Limit limit, @Nullable Binding scope, int depth) {
        Form point = normalizer.normalize(limit.point(), scope, depth);
        return bounded(Kind.LIMIT, limit.variable(), List.of(point), limit.body(), scope, depth);
    }

    private Form integral(Node.BigOperator operator, @Nullable Binding scope, int depth) {
        Optional<Node> lower = operator.lower();
        Optional<Node> upper = operator.upper();
        if (lower.isEmpty() || upper.isEmpty()) {
            Form body = normalizer.normalize(operator.body(), scope, depth);
            return new Bounded(Kind.INTEGRAL, operator.variable(), List.of(new Variable(operator.variable())), body);
        }
        List<Form> bounds = List.of(
                normalizer.normalize(lower.get(), scope, depth), normalizer.normalize(upper.get(), scope, depth));
        return bounded(Kind.INTEGRAL, operator.variable(), bounds, operator.body(), scope, depth);
    }

    private Form sum(Node.BigOperator operator, @Nullable Binding scope, int depth, boolean isSum) {
        Optional<Node> from = operator.lower();
        Optional<Node> to = operator.upper();
        if (from.isEmpty() || to.isEmpty()) {
            throw NoValueException.NOT_SCALAR;
        }
        Form lower = normalizer.normalize(from.get(), scope, depth);
        Form upper = normalizer.normalize(to.get(), scope, depth);
        if (lower instanceof Exact a && upper instanceof Exact b) {
            if (!a.value.isInteger() || !b.value.isInteger()) {
                throw NoValueException.UNDEFINED;
            }
            BigInteger count = b.value.minus(a.value).numerator().add(BigInteger.ONE);
            if (count.compareTo(BigInteger.valueOf(algebra.work.budget().terms())) <= 0) {
                return writtenOut(operator, a.value, count.max(BigInteger.ZERO).intValue(), scope, depth, isSum);
            }
        }
        boolean infinite = lower instanceof Infinite || upper instanceof Infinite;
        Kind kind =
                isSum ? (infinite ? Kind.INFINITE_SUM : Kind.SUM) : (infinite ? Kind.INFINITE_PRODUCT : Kind.PRODUCT);
        return bounded(kind, operator.variable(), List.of(lower, upper), operator.body(), scope, depth);
    }

    private Form bounded(Kind kind, String variable, List<Form> bounds, Node body, @Nullable Binding scope, int depth) {
        String name = "\0" + Binding.count(scope);
        Form form = normalizer.normalize(body, new Binding(variable, new Variable(name), scope), depth);
        return new Bounded(kind, name, bounds, form);
    }

    private Form writtenOut(
            Node.BigOperator operator, Rational from, int count, @Nullable Binding scope, int depth, boolean isSum) {
        List<Form> forms = new ArrayList<>(Math.max(count, 1));
        for (int i = 0; i < count; i++) {
            Form at = new Exact(from.plus(Rational.of(i)));
            forms.add(normalizer.normalize(operator.body(), new Binding(operator.variable(), at, scope), depth));
        }
        if (isSum && forms.stream().anyMatch(form -> !(form instanceof Exact))) {
            List<Form> numbers = new ArrayList<>(
                    forms.stream().filter(Exact.class::isInstance).toList());
            forms.removeIf(Exact.class::isInstance);
            forms.add(joined(numbers, true));
            return algebra.add(forms);
        }
        return joined(forms, isSum);
    }

    private Form joined(List<Form> terms, boolean isSum) {
        List<Form> forms = terms;
        // Neighbours first: fractions stay short for longer than if each were added to all before it.
        while (forms.size() > 1) {
            List<Form> halved = new ArrayList<>(forms.size() / 2 + 1);
            for (int i = 0; i + 1 < forms.size(); i += 2) {
                Form a = forms.get(i);
                Form b = forms.get(i + 1);
                halved.add(isSum ? algebra.add(a, b) : algebra.multiply(a, b));
            }
            if (forms.size() % 2 == 1) {
                halved.add(forms.getLast());
            }
            forms = halved;
        }
        return forms.isEmpty() ? (isSum ? Exact.ZERO : Exact.ONE) : forms.getFirst();
    }
}
