package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.algebra.Form.Applied;
import dev.cooper.mathverifier.algebra.Form.Exact;
import dev.cooper.mathverifier.algebra.Form.Infinite;
import dev.cooper.mathverifier.algebra.Form.Named;
import dev.cooper.mathverifier.algebra.Form.Operation;
import dev.cooper.mathverifier.algebra.Form.Power;
import dev.cooper.mathverifier.algebra.Form.Product;
import dev.cooper.mathverifier.algebra.Form.Total;
import dev.cooper.mathverifier.numeric.Rational;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Powers by the rules that hold for principal values, and by two that hold on the reals: an odd root of a negative
 * number is real, and {@code (x^m)^{p/q} = x^{mp/q}} for odd m and even q, since both sides are real for the same x.
 */
final class Powers {
    /** Bits of a fractional exponent: no rule is tried on longer ones. */
    static final int LONGEST_ROOT = 64;

    private final Algebra algebra;
    private final Radicals radicals;

    Powers(Algebra algebra) {
        this.algebra = algebra;
        this.radicals = new Radicals(algebra);
    }

    Form power(Form base, Form exponent) {
        algebra.work.step();
        if (base instanceof Infinite || exponent instanceof Infinite) {
            throw NoValueException.UNDEFINED;
        }
        if (exponent instanceof Exact x) {
            return rational(base, x.value);
        }
        if (exponent instanceof Total total && !total.constant.isZero()) {
            return algebra.multiply(rational(base, total.constant), general(base, algebra.withoutConstant(total)));
        }
        return general(base, exponent);
    }

    private Form rational(Form base, Rational exponent) {
        if (exponent.isZero()) {
            Constants.requireNonZero(base);
            return Exact.ONE;
        }
        if (exponent.equals(Rational.ONE)) {
            return base;
        }
        if (!exponent.isInteger() && exponent.bits() > LONGEST_ROOT) {
            return new Power(base, new Exact(exponent));
        }
        return switch (base) {
            case Exact x -> radicals.power(x, exponent);
            case Total total when total.isMultiple() -> ofMultiple(total, exponent);
            case Total total -> ofTotal(total, exponent);
            case Product product when exponent.isInteger() -> ofProduct(product.factors, exponent);
            case Product product -> radicalOfProduct(product, exponent);
            case Power power -> ofPower(power, exponent);
            case Named named when named == Named.I && exponent.isInteger() -> powerOfI(exponent.numerator());
            default -> new Power(base, new Exact(exponent));
        };
    }

    private Form powerOfI(BigInteger exponent) {
        return switch (exponent.mod(BigInteger.valueOf(4)).intValue()) {
            case 0 -> Exact.ONE;
            case 1 -> Named.I;
            case 2 -> Exact.of(-1);
            default -> algebra.negate(Named.I);
        };
    }

    private Form ofMultiple(Total total, Rational exponent) {
        Rational coefficient = total.coefficients[0];
        if (exponent.isInteger()) {
            return algebra.multiply(
                    radicals.power(new Exact(coefficient), exponent), rational(total.terms[0], exponent));
        }
        if (coefficient.signum() > 0) {
            return algebra.multiply(
                    radicals.power(new Exact(coefficient), exponent), rational(total.terms[0], exponent));
        }
        if (coefficient.equals(Algebra.MINUS_ONE)) {
            return new Power(total, new Exact(exponent));
        }
        return algebra.multiply(
                radicals.power(new Exact(coefficient.abs()), exponent),
                new Power(algebra.negate(total.terms[0]), new Exact(exponent)));
    }

    private Form ofTotal(Total total, Rational exponent) {
        Rational content = Products.content(total);
        if (exponent.isInteger() && total.coefficients[0].signum() < 0) {
            content = content.negate();
        }
        if (content.equals(Rational.ONE)) {
            return new Power(total, new Exact(exponent));
        }
        Form primitive = algebra.scale(total, content.reciprocal());
        return algebra.multiply(
                radicals.power(new Exact(content), exponent), new Power(primitive, new Exact(exponent)));
    }

    private Form ofProduct(Form[] factors, Rational exponent) {
        List<Form> powers = new ArrayList<>(factors.length);
        for (Form factor : factors) {
            powers.add(rational(factor, exponent));
        }
        return algebra.multiply(powers);
    }

    /** Positive factors leave a radical: {@code \sqrt{\sqrt2 x}} is {@code 2^{1/4}\sqrt{x}}. */
    private Form radicalOfProduct(Product product, Rational exponent) {
        List<Form> outside = new ArrayList<>();
        List<Form> inside = new ArrayList<>();
        for (Form factor : product.factors) {
            (isPositive(factor) ? outside : inside).add(factor);
        }
        if (outside.isEmpty()) {
            return new Power(product, new Exact(exponent));
        }
        Form rest = algebra.multiply(inside);
        Form radical = rest instanceof Product ? new Power(rest, new Exact(exponent)) : rational(rest, exponent);
        return algebra.multiply(radical, ofProduct(outside.toArray(new Form[0]), exponent));
    }

    private static boolean isPositive(Form form) {
        return switch (form) {
            case Exact x -> x.value.signum() > 0;
            case Named named -> named != Named.I;
            case Power power -> isPositive(power.base) && power.exponent instanceof Exact;
            default -> false;
        };
    }

    private Form ofPower(Power power, Rational exponent) {
        if (exponent.isInteger() || (isPositive(power.base) && power.exponent instanceof Exact)) {
            return power(power.base, algebra.scale(power.exponent, exponent));
        }
        boolean oddInside = power.exponent instanceof Exact inner
                && inner.value.isInteger()
                && inner.value.numerator().testBit(0);
        if (oddInside && !exponent.denominator().testBit(0) && power.has(Form.VARIABLE) && !power.has(Form.IMAGINARY)) {
            return power(power.base, algebra.scale(power.exponent, exponent));
        }
        return new Power(power, new Exact(exponent));
    }

    /** The exponent is no number and has no constant part. */
    private Form general(Form base, Form exponent) {
        if (base instanceof Exact x) {
            return radicals.power(x, exponent);
        }
        if (base == Named.E) {
            return exponential(exponent);
        }
        if (base instanceof Power power && isPositive(power)) {
            return power(power.base, algebra.multiply(power.exponent, exponent));
        }
        return new Power(base, exponent);
    }

    private Form exponential(Form exponent) {
        Rational coefficient = Rational.ONE;
        Form term = exponent;
        if (exponent instanceof Total total && total.isMultiple()) {
            coefficient = total.coefficients[0];
            term = total.terms[0];
        }
        if (term instanceof Applied applied && applied.operation == Operation.LN) {
            return power(applied.arguments[0], new Exact(coefficient));
        }
        if (isImaginaryPi(term)) {
            Form angle = algebra.scale(Named.PI, coefficient);
            Trigonometry trigonometry = new Trigonometry(algebra);
            return algebra.add(trigonometry.cosine(angle), algebra.multiply(Named.I, trigonometry.sine(angle)));
        }
        return new Power(Named.E, exponent);
    }

    private static boolean isImaginaryPi(Form term) {
        return term instanceof Product product
                && product.factors.length == 2
                && (product.factors[0] == Named.I || product.factors[1] == Named.I)
                && (product.factors[0] == Named.PI || product.factors[1] == Named.PI);
    }
}
