package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.algebra.Form.Applied;
import dev.cooper.mathverifier.algebra.Form.Exact;
import dev.cooper.mathverifier.algebra.Form.Operation;
import dev.cooper.mathverifier.algebra.Form.Power;
import dev.cooper.mathverifier.algebra.Form.Product;
import dev.cooper.mathverifier.algebra.Form.Total;
import dev.cooper.mathverifier.algebra.Form.Variable;
import dev.cooper.mathverifier.numeric.Rational;
import org.jspecify.annotations.Nullable;

/** The exact value of a polynomial with floors at a rational point: bounds cannot tell the floor of a whole number. */
final class ExactPoint {
    private static final int LONGEST = 1_000;

    private final Work work;

    ExactPoint(Work work) {
        this.work = work;
    }

    /** Null if it is no such polynomial, or its value is long. */
    @Nullable
    Rational value(Form form, @Nullable Scope<?> scope) {
        work.step();
        Rational value = switch (form) {
            case Exact x -> x.value;
            case Variable variable -> Scope.exact(scope, variable.name);
            case Total total -> total(total, scope);
            case Product product -> product(product, scope);
            case Power power -> power(power, scope);
            case Applied applied
            when applied.operation == Operation.FLOOR -> {
                Rational argument = value(applied.arguments[0], scope);
                yield argument == null ? null : Rational.of(argument.floor());
            }
            default -> null;
        };
        return value == null || value.bits() > LONGEST ? null : value;
    }

    private @Nullable Rational total(Total total, @Nullable Scope<?> scope) {
        Rational sum = total.constant;
        for (int i = 0; i < total.terms.length; i++) {
            Rational term = value(total.terms[i], scope);
            if (term == null) {
                return null;
            }
            sum = sum.plus(term.times(total.coefficients[i]));
        }
        return sum;
    }

    private @Nullable Rational product(Product product, @Nullable Scope<?> scope) {
        Rational result = Rational.ONE;
        for (Form factor : product.factors) {
            Rational next = value(factor, scope);
            if (next == null || result.bits() > LONGEST) {
                return null;
            }
            result = result.times(next);
        }
        return result;
    }

    private @Nullable Rational power(Power power, @Nullable Scope<?> scope) {
        Rational exponent = value(power.exponent, scope);
        if (exponent == null || !exponent.isInteger() || exponent.abs().bits() > 9) {
            return null;
        }
        Rational base = value(power.base, scope);
        int times = exponent.numerator().abs().intValue();
        if (base == null || (base.isZero() && exponent.signum() <= 0) || base.bits() * (long) times > LONGEST) {
            return null;
        }
        Rational result = Rational.ONE;
        for (int i = 0; i < times; i++) {
            result = result.times(base);
        }
        return exponent.signum() < 0 ? result.reciprocal() : result;
    }
}
