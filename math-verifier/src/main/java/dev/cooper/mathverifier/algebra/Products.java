package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.algebra.Form.Exact;
import dev.cooper.mathverifier.algebra.Form.Infinite;
import dev.cooper.mathverifier.algebra.Form.Power;
import dev.cooper.mathverifier.algebra.Form.Product;
import dev.cooper.mathverifier.algebra.Form.Total;
import dev.cooper.mathverifier.numeric.Rational;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Products: rational factors go into one coefficient, equal bases are joined. Exponents that are numbers and exponents
 * with variables are joined apart ({@code x^2 x^n} stays), since {@link Powers} splits {@code x^{n+2}} likewise.
 */
final class Products {
    private static final int LONGEST_CONTENT = 2048;

    private final Algebra algebra;

    Products(Algebra algebra) {
        this.algebra = algebra;
    }

    Form multiply(List<Form> operands) {
        Collected collected = new Collected(operands.size());
        for (Form operand : operands) {
            collect(operand, collected);
        }
        algebra.work.step(1 + collected.factors.size());
        if (collected.infinite != 0) {
            return infinity(collected);
        }
        if (collected.factors.size() > 1) {
            join(collected);
        }
        return result(collected);
    }

    private void collect(Form operand, Collected into) {
        switch (operand) {
            case Exact x -> into.coefficient = times(into.coefficient, x.value);
            case Infinite x -> into.infinite = into.infinite == 0 ? x.sign : into.infinite * x.sign;
            case Total x
            when x.isMultiple() -> {
                into.coefficient = times(into.coefficient, x.coefficients[0]);
                collect(x.terms[0], into);
            }
            case Product x -> {
                for (Form factor : x.factors) {
                    into.factors.add(Factor.of(factor));
                }
            }
            default -> into.factors.add(Factor.of(operand));
        }
    }

    private Rational times(Rational a, Rational b) {
        if (a.equals(Rational.ONE)) {
            return b;
        }
        return algebra.work.times(a, b);
    }

    private static Form infinity(Collected collected) {
        for (Factor factor : collected.factors) {
            if (!factor.base.isConstant()) {
                throw NoValueException.NOT_SCALAR;
            }
        }
        int sign = collected.infinite * collected.coefficient.signum();
        if (sign == 0 || !collected.factors.isEmpty()) {
            throw NoValueException.UNDEFINED;
        }
        return new Infinite(sign);
    }

    private void join(Collected collected) {
        collected.factors.replaceAll(factor -> primitive(factor, collected));
        List<Factor> factors = collected.factors;
        factors.sort(Factor::compare);
        List<Factor> joined = new ArrayList<>(factors.size());
        for (int i = 0; i < factors.size(); ) {
            Factor first = factors.get(i++);
            Form exponent = first.exponent;
            int start = i;
            while (i < factors.size() && first.joins(factors.get(i))) {
                exponent = algebra.add(exponent, factors.get(i++).exponent);
            }
            if (i == start) {
                joined.add(first);
            } else if (exponent instanceof Exact x && x.value.isZero()) {
                Constants.requireNonZero(first.base);
            } else {
                joinInto(algebra.power(first.base, exponent), collected, joined);
            }
        }
        collected.factors = joined;
    }

    private void joinInto(Form power, Collected collected, List<Factor> joined) {
        Collected inner = new Collected(2);
        collect(power, inner);
        collected.coefficient = times(collected.coefficient, inner.coefficient);
        joined.addAll(inner.factors);
    }

    /** Takes the rational content out of a total, so that {@code (2x+2)y} is {@code 2(x+1)y}. */
    private Factor primitive(Factor factor, Collected into) {
        if (!(factor.base instanceof Total total)
                || !(factor.exponent instanceof Exact exponent)
                || !exponent.value.isInteger()
                || exponent.value.bits() > 6) {
            return factor;
        }
        Rational content = content(total);
        if (total.coefficients[0].signum() < 0) {
            content = content.negate();
        }
        if (content.equals(Rational.ONE)) {
            return factor;
        }
        int power = exponent.value.numerator().intValue();
        Rational reciprocal = content.reciprocal();
        Rational outside = power < 0 ? reciprocal.pow(-power) : content.pow(power);
        into.coefficient = times(into.coefficient, algebra.work.charge(outside));
        return new Factor(algebra.scale(total, reciprocal), exponent);
    }

    /**
     * The positive number by which a total is to be divided to have integers without a common divisor; 1 where the
     * numbers are too long for that to be worth its while.
     */
    static Rational content(Total total) {
        BigInteger numerators = total.constant.numerator();
        BigInteger denominators = total.constant.denominator();
        for (Rational coefficient : total.coefficients) {
            if (coefficient.bits() > LONGEST_CONTENT) {
                return Rational.ONE;
            }
            numerators = numerators.gcd(coefficient.numerator());
            BigInteger denominator = coefficient.denominator();
            if (numerators.bitLength() + denominators.bitLength() + denominator.bitLength() > LONGEST_CONTENT) {
                return Rational.ONE;
            }
            if (!denominator.equals(BigInteger.ONE)) {
                denominators =
                        denominators.divide(denominators.gcd(denominator)).multiply(denominator);
            }
        }
        return new Rational(numerators, denominators);
    }

    private Form result(Collected collected) {
        if (collected.coefficient.isZero()) {
            for (Factor factor : collected.factors) {
                Constants.requireValue(factor.form());
            }
            return Exact.ZERO;
        }
        List<Factor> factors = collected.factors;
        Form product = switch (factors.size()) {
            case 0 -> Exact.ONE;
            case 1 -> factors.getFirst().form();
            default -> new Product(factors.stream().map(Factor::form).toArray(Form[]::new));
        };
        return algebra.scale(product, collected.coefficient);
    }

    private static final class Collected {
        private Rational coefficient = Rational.ONE;
        private int infinite;
        private List<Factor> factors;

        Collected(int size) {
            this.factors = new ArrayList<>(size + 2);
        }
    }

    private record Factor(Form base, Form exponent) {
        static Factor of(Form form) {
            return form instanceof Power power ? new Factor(power.base, power.exponent) : new Factor(form, Exact.ONE);
        }

        Form form() {
            return exponent instanceof Exact x && x.value.equals(Rational.ONE) ? base : new Power(base, exponent);
        }

        boolean joins(Factor other) {
            return exponent instanceof Exact == other.exponent instanceof Exact && FormOrder.same(base, other.base);
        }

        static int compare(Factor a, Factor b) {
            int bases = FormOrder.compare(a.base, b.base);
            if (bases != 0) {
                return bases;
            }
            int kinds = Boolean.compare(a.exponent instanceof Exact, b.exponent instanceof Exact);
            return kinds != 0 ? kinds : FormOrder.compare(a.exponent, b.exponent);
        }
    }
}
