package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.algebra.Form.Applied;
import dev.cooper.mathverifier.algebra.Form.Exact;
import dev.cooper.mathverifier.algebra.Form.Named;
import dev.cooper.mathverifier.algebra.Form.Operation;
import dev.cooper.mathverifier.algebra.Form.Power;
import dev.cooper.mathverifier.algebra.Form.Product;
import dev.cooper.mathverifier.algebra.Form.Total;
import dev.cooper.mathverifier.numeric.Rational;
import dev.cooper.mathverifier.syntax.Function;
import java.math.BigInteger;
import java.util.List;

/** Known functions of forms, in normal form: each in terms of as few as will do. */
final class Functions {
    private final Algebra algebra;
    private final Trigonometry trigonometry;
    private final Counting counting;
    private final Rounding rounding;

    Functions(Algebra algebra) {
        this.algebra = algebra;
        this.trigonometry = new Trigonometry(algebra);
        this.counting = new Counting(algebra);
        this.rounding = new Rounding(algebra);
    }

    Counting counting() {
        return counting;
    }

    Form apply(Function function, List<Form> arguments) {
        if (arguments.isEmpty() || (needsTwo(function) && arguments.size() < 2)) {
            throw NoValueException.NOT_SCALAR;
        }
        Form first = arguments.getFirst();
        Form second = arguments.size() > 1 ? arguments.get(1) : first;
        return switch (function) {
            case SIN -> trigonometry.sine(first);
            case COS -> trigonometry.cosine(first);
            case TAN -> trigonometry.tangent(first);
            case COT -> algebra.divide(trigonometry.cosine(first), trigonometry.sine(first));
            case SEC -> reciprocal(trigonometry.cosine(first));
            case CSC -> reciprocal(trigonometry.sine(first));
            case ARCSIN -> trigonometry.arcsine(first);
            case ARCCOS -> complement(trigonometry.arcsine(first));
            case ARCTAN -> trigonometry.arctangent(first);
            case ARCCOT -> complement(trigonometry.arctangent(first));
            case ARCSEC -> complement(trigonometry.arcsine(reciprocal(first)));
            case ARCCSC -> trigonometry.arcsine(reciprocal(first));
            case SINH -> hyperbolic(first, -1);
            case COSH -> hyperbolic(first, 1);
            case TANH -> algebra.divide(hyperbolic(first, -1), hyperbolic(first, 1));
            case COTH -> algebra.divide(hyperbolic(first, 1), hyperbolic(first, -1));
            case ARCSINH -> logarithm(algebra.add(first, rootOfSquare(first, 1)));
            case ARCCOSH -> logarithm(algebra.add(first, rootOfSquare(first, -1)));
            case ARCTANH -> {
                Form above = logarithm(algebra.add(Exact.ONE, first));
                Form below = logarithm(algebra.subtract(Exact.ONE, first));
                yield algebra.scale(algebra.subtract(above, below), Algebra.HALF);
            }
            case EXP -> algebra.power(Named.E, first);
            case LN -> logarithm(first);
            case LOG -> logarithm(first, arguments.size() > 1 ? second : Named.E);
            case ABS -> rounding.absolute(first);
            case FLOOR -> rounding.floor(first);
            case CEILING -> algebra.negate(rounding.floor(algebra.negate(first)));
            case ROUND -> rounding.floor(algebra.add(first, new Exact(Algebra.HALF)));
            case SIGN -> rounding.sign(first);
            case FRACTIONAL_PART -> algebra.subtract(first, rounding.floor(first));
            case MOD -> modulo(first, second);
            case MIN -> rounding.extreme(arguments, Operation.MIN);
            case MAX -> rounding.extreme(arguments, Operation.MAX);
            case RE -> algebra.scale(algebra.add(first, rounding.conjugate(first)), Algebra.HALF);
            case IM ->
                algebra.divide(
                        algebra.subtract(first, rounding.conjugate(first)), algebra.scale(Named.I, Rational.of(2)));
            case ARG -> argument(first);
            case CONJUGATE -> rounding.conjugate(first);
            case BINOMIAL -> counting.binomial(first, second);
            case PERMUTATIONS -> counting.permutations(first, second);
            case GCD -> counting.divisor(arguments, false);
            case LCM -> counting.divisor(arguments, true);
            case GAMMA -> counting.factorial(algebra.subtract(first, Exact.ONE));
            case DETERMINANT, NORM, TRANSPOSE -> throw NoValueException.NOT_SCALAR;
        };
    }

    private static boolean needsTwo(Function function) {
        return switch (function) {
            case BINOMIAL, PERMUTATIONS, MOD -> true;
            default -> false;
        };
    }

    private Form reciprocal(Form form) {
        return algebra.divide(Exact.ONE, form);
    }

    private Form complement(Form angle) {
        return algebra.subtract(algebra.scale(Named.PI, Algebra.HALF), angle);
    }

    private Form hyperbolic(Form argument, int sign) {
        Form rising = algebra.power(Named.E, argument);
        Form falling = algebra.power(Named.E, algebra.negate(argument));
        return algebra.scale(algebra.add(rising, algebra.scale(falling, Rational.of(sign))), Algebra.HALF);
    }

    private Form rootOfSquare(Form form, int sign) {
        return algebra.squareRoot(algebra.add(algebra.power(form, 2), Exact.of(sign)));
    }

    private Form modulo(Form value, Form modulus) {
        Form quotient = algebra.divide(value, modulus);
        return algebra.subtract(value, algebra.multiply(modulus, rounding.floor(quotient)));
    }

    private Form argument(Form form) {
        if (form instanceof Exact x) {
            if (x.value.isZero()) {
                throw NoValueException.UNDEFINED;
            }
            return x.value.signum() > 0 ? Exact.ZERO : Named.PI;
        }
        return new Applied(Operation.ARG, form);
    }

    private Form logarithm(Form argument, Form base) {
        return base == Named.E ? logarithm(argument) : algebra.divide(logarithm(argument), logarithm(base));
    }

    /** Exact numbers by their primes; positive factors as terms of their own. */
    Form logarithm(Form argument) {
        return switch (argument) {
            case Exact x -> logarithmOf(x.value);
            case Named named when named == Named.E -> Exact.ONE;
            case Named named when named == Named.I -> algebra.multiply(Named.I, algebra.scale(Named.PI, Algebra.HALF));
            case Power power when power.base == Named.E && !power.has(Form.IMAGINARY) -> power.exponent;
            case Power power
            when power.base instanceof Exact x && x.value.signum() > 0 && !power.has(Form.IMAGINARY) ->
                algebra.multiply(power.exponent, logarithmOf(x.value));
            case Total total
            when total.isMultiple() && total.coefficients[0].signum() > 0 ->
                algebra.add(logarithmOf(total.coefficients[0]), logarithm(total.terms[0]));
            case Total total when !total.isMultiple() -> ofTotal(total);
            case Product product -> ofProduct(product);
            default -> new Applied(Operation.LN, argument);
        };
    }

    private Form ofTotal(Total total) {
        Rational content = Products.content(total);
        if (content.equals(Rational.ONE)) {
            return new Applied(Operation.LN, total);
        }
        Form primitive = new Applied(Operation.LN, algebra.scale(total, content.reciprocal()));
        return algebra.add(logarithmOf(content), primitive);
    }

    private Form ofProduct(Product product) {
        for (Form factor : product.factors) {
            if (factor instanceof Power power
                    && power.base instanceof Exact x
                    && x.value.signum() > 0
                    && !power.has(Form.IMAGINARY)) {
                Form rest = algebra.divide(product, power);
                return algebra.add(logarithm(power), logarithm(rest));
            }
        }
        return new Applied(Operation.LN, product);
    }

    private Form logarithmOf(Rational value) {
        if (value.isZero()) {
            throw NoValueException.UNDEFINED;
        }
        Form logarithm = algebra.subtract(logarithmOf(value.numerator().abs()), logarithmOf(value.denominator()));
        return value.signum() > 0 ? logarithm : algebra.add(logarithm, algebra.multiply(Named.I, Named.PI));
    }

    private Form logarithmOf(BigInteger positive) {
        Form sum = Exact.ZERO;
        if (positive.equals(BigInteger.ONE)) {
            return sum;
        }
        for (Primes.Factor factor : Primes.factor(positive, algebra.work)) {
            Form prime = new Applied(Operation.LN, new Exact(Rational.of(factor.prime())));
            sum = algebra.add(sum, algebra.scale(prime, Rational.of(factor.multiplicity())));
        }
        return sum;
    }
}
