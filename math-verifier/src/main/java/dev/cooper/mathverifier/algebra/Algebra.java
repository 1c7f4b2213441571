package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.algebra.Form.Exact;
import dev.cooper.mathverifier.algebra.Form.Infinite;
import dev.cooper.mathverifier.algebra.Form.Total;
import dev.cooper.mathverifier.numeric.Rational;
import java.util.ArrayList;
import java.util.List;

/** Sums, differences, multiples and quotients of forms, in normal form again. */
final class Algebra {
    static final Rational HALF = Rational.of(1, 2);
    static final Rational MINUS_ONE = Rational.of(-1);

    final Work work;
    private final Products products;
    private final Powers powers;

    Algebra(Work work) {
        this.work = work;
        this.products = new Products(this);
        this.powers = new Powers(this);
    }

    Form add(Form... summands) {
        return add(List.of(summands));
    }

    Form add(List<Form> summands) {
        Rational constant = Rational.ZERO;
        int infinite = 0;
        List<Multiple> multiples = new ArrayList<>(summands.size() + 4);
        for (Form summand : summands) {
            switch (summand) {
                case Exact x -> constant = constant.isZero() ? x.value : work.plus(constant, x.value);
                case Infinite x -> infinite = joinInfinities(infinite, x.sign);
                case Total x -> {
                    constant = work.plus(constant, x.constant);
                    for (int i = 0; i < x.terms.length; i++) {
                        multiples.add(new Multiple(x.terms[i], x.coefficients[i]));
                    }
                }
                default -> multiples.add(new Multiple(summand, Rational.ONE));
            }
        }
        work.step(1 + multiples.size());
        return infinite != 0 ? infinity(infinite, multiples) : collect(constant, multiples);
    }

    Form multiply(Form... factors) {
        return multiply(List.of(factors));
    }

    Form multiply(List<Form> factors) {
        return products.multiply(factors);
    }

    Form scale(Form form, Rational factor) {
        if (factor.equals(Rational.ONE)) {
            return form;
        }
        if (factor.isZero()) {
            return multiply(form, Exact.ZERO);
        }
        work.step();
        return switch (form) {
            case Exact x -> new Exact(work.times(x.value, factor));
            case Infinite x -> new Infinite(x.sign * factor.signum());
            case Total x -> scaleTotal(x, factor);
            default -> new Total(Rational.ZERO, new Form[] {form}, new Rational[] {factor});
        };
    }

    private Form scaleTotal(Total total, Rational factor) {
        Rational[] coefficients = new Rational[total.coefficients.length];
        for (int i = 0; i < coefficients.length; i++) {
            coefficients[i] = work.times(total.coefficients[i], factor);
        }
        if (total.isMultiple() && coefficients[0].equals(Rational.ONE)) {
            return total.terms[0];
        }
        return new Total(work.times(total.constant, factor), total.terms, coefficients);
    }

    Form negate(Form form) {
        return scale(form, MINUS_ONE);
    }

    Form subtract(Form a, Form b) {
        return add(a, negate(b));
    }

    Form withoutConstant(Total total) {
        boolean single = total.terms.length == 1 && total.coefficients[0].equals(Rational.ONE);
        return single ? total.terms[0] : new Total(Rational.ZERO, total.terms, total.coefficients);
    }

    Form divide(Form dividend, Form divisor) {
        if (divisor instanceof Exact x) {
            if (x.value.isZero()) {
                throw NoValueException.UNDEFINED;
            }
            return scale(dividend, x.value.reciprocal());
        }
        return multiply(dividend, power(divisor, Exact.of(-1)));
    }

    Form power(Form base, Form exponent) {
        return powers.power(base, exponent);
    }

    Form power(Form base, long exponent) {
        return powers.power(base, Exact.of(exponent));
    }

    Form squareRoot(Form form) {
        return powers.power(form, new Exact(HALF));
    }

    private Form collect(Rational constant, List<Multiple> multiples) {
        if (multiples.isEmpty()) {
            return new Exact(constant);
        }
        if (multiples.size() > 1) {
            multiples.sort((a, b) -> FormOrder.compare(a.term, b.term));
        }
        List<Form> terms = new ArrayList<>(multiples.size());
        List<Rational> coefficients = new ArrayList<>(multiples.size());
        for (int i = 0; i < multiples.size(); ) {
            Form term = multiples.get(i).term;
            Rational coefficient = multiples.get(i++).coefficient;
            while (i < multiples.size() && FormOrder.same(term, multiples.get(i).term)) {
                coefficient = work.plus(coefficient, multiples.get(i++).coefficient);
            }
            if (!coefficient.isZero()) {
                terms.add(term);
                coefficients.add(coefficient);
            }
        }
        if (terms.isEmpty()) {
            return new Exact(constant);
        }
        if (terms.size() == 1 && constant.isZero() && coefficients.getFirst().equals(Rational.ONE)) {
            return terms.getFirst();
        }
        return new Total(constant, terms.toArray(new Form[0]), coefficients.toArray(new Rational[0]));
    }

    private static int joinInfinities(int present, int sign) {
        if (present == -sign) {
            throw NoValueException.UNDEFINED;
        }
        return sign;
    }

    private static Form infinity(int sign, List<Multiple> others) {
        for (Multiple other : others) {
            if (!other.term.isConstant()) {
                throw NoValueException.NOT_SCALAR;
            }
        }
        return new Infinite(sign);
    }

    private record Multiple(Form term, Rational coefficient) {}
}
