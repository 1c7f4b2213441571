package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.algebra.Form.Applied;
import dev.cooper.mathverifier.algebra.Form.Exact;
import dev.cooper.mathverifier.algebra.Form.Named;
import dev.cooper.mathverifier.algebra.Form.Operation;
import dev.cooper.mathverifier.algebra.Form.Power;
import dev.cooper.mathverifier.algebra.Form.Product;
import dev.cooper.mathverifier.algebra.Form.Total;
import dev.cooper.mathverifier.numeric.Rational;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Functions that ask for the sign, the size or the parts of their argument: |z|, floor, sign, minimum, conjugate. */
final class Rounding {
    private final Algebra algebra;

    Rounding(Algebra algebra) {
        this.algebra = algebra;
    }

    Form absolute(Form form) {
        return switch (form) {
            case Exact x -> new Exact(x.value.abs());
            case Named named -> named == Named.I ? Exact.ONE : named;
            case Product product -> {
                List<Form> factors = new ArrayList<>();
                for (Form factor : product.factors) {
                    factors.add(absolute(factor));
                }
                yield algebra.multiply(factors);
            }
            case Power power
            when power.exponent instanceof Exact x && x.value.isInteger() ->
                algebra.power(absolute(power.base), power.exponent);
            case Total total
            when total.isMultiple() -> algebra.scale(absolute(total.terms[0]), total.coefficients[0].abs());
            case Total total
            when total.terms.length == 1 && total.terms[0] == Named.I -> {
                Rational real = total.constant;
                Rational imaginary = total.coefficients[0];
                yield algebra.squareRoot(new Exact(
                        algebra.work.plus(algebra.work.times(real, real), algebra.work.times(imaginary, imaginary))));
            }
            case Applied applied when applied.operation == Operation.ABS -> applied;
            default -> absoluteOfOther(form);
        };
    }

    private Form absoluteOfOther(Form form) {
        OptionalInt sign = Constants.sign(form);
        if (sign.isPresent()) {
            return sign.getAsInt() < 0 ? algebra.negate(form) : form;
        }
        return new Applied(Operation.ABS, Trigonometry.leadsWithMinus(form) ? algebra.negate(form) : form);
    }

    Form floor(Form form) {
        if (form instanceof Exact x) {
            return new Exact(Rational.of(x.value.floor()));
        }
        if (form instanceof Total total) {
            BigInteger whole = total.constant.floor();
            if (whole.signum() != 0) {
                Form shift = new Exact(Rational.of(whole));
                return algebra.add(shift, floor(algebra.subtract(form, shift)));
            }
        }
        Optional<BigInteger> known = Constants.floor(form);
        return known.isPresent() ? new Exact(Rational.of(known.get())) : new Applied(Operation.FLOOR, form);
    }

    Form sign(Form form) {
        if (form instanceof Exact x) {
            return Exact.of(x.value.signum());
        }
        OptionalInt sign = Constants.sign(form);
        if (sign.isPresent()) {
            return Exact.of(sign.getAsInt());
        }
        return Trigonometry.leadsWithMinus(form)
                ? algebra.negate(new Applied(Operation.SIGN, algebra.negate(form)))
                : new Applied(Operation.SIGN, form);
    }

    /** The least or the greatest, where signs of differences are known. */
    Form extreme(List<Form> arguments, Operation operation) {
        Form best = arguments.getFirst();
        for (Form argument : arguments) {
            Form difference = algebra.subtract(argument, best);
            OptionalInt sign =
                    difference instanceof Exact x ? OptionalInt.of(x.value.signum()) : Constants.sign(difference);
            if (sign.isEmpty()) {
                return new Applied(
                        operation, arguments.stream().sorted(FormOrder::compare).toArray(Form[]::new));
            }
            if (operation == Operation.MAX ? sign.getAsInt() > 0 : sign.getAsInt() < 0) {
                best = argument;
            }
        }
        return best;
    }

    Form conjugate(Form form) {
        if (!form.has(Form.IMAGINARY | Form.VARIABLE | Form.UNKNOWN)) {
            OptionalInt sign = Constants.sign(form);
            if (form instanceof Exact || form instanceof Named || sign.isPresent()) {
                return form;
            }
        }
        return switch (form) {
            case Named named -> named == Named.I ? algebra.negate(named) : named;
            case Total total -> {
                List<Form> terms = new ArrayList<>();
                terms.add(new Exact(total.constant));
                for (int i = 0; i < total.terms.length; i++) {
                    terms.add(algebra.scale(conjugate(total.terms[i]), total.coefficients[i]));
                }
                yield algebra.add(terms);
            }
            case Product product -> {
                List<Form> factors = new ArrayList<>();
                for (Form factor : product.factors) {
                    factors.add(conjugate(factor));
                }
                yield algebra.multiply(factors);
            }
            case Power power
            when power.exponent instanceof Exact x && x.value.isInteger() ->
                algebra.power(conjugate(power.base), power.exponent);
            case Power power when power.base == Named.E -> algebra.power(Named.E, conjugate(power.exponent));
            case Applied applied when applied.operation == Operation.CONJUGATE -> applied.arguments[0];
            case Applied applied when applied.operation == Operation.ABS -> applied;
            default -> new Applied(Operation.CONJUGATE, form);
        };
    }
}
