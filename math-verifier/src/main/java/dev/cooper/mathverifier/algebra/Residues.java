package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.algebra.Form.Applied;
import dev.cooper.mathverifier.algebra.Form.Bounded;
import dev.cooper.mathverifier.algebra.Form.Exact;
import dev.cooper.mathverifier.algebra.Form.Infinite;
import dev.cooper.mathverifier.algebra.Form.Named;
import dev.cooper.mathverifier.algebra.Form.Operation;
import dev.cooper.mathverifier.algebra.Form.Power;
import dev.cooper.mathverifier.algebra.Form.Product;
import dev.cooper.mathverifier.algebra.Form.Total;
import dev.cooper.mathverifier.algebra.Form.Unknown;
import dev.cooper.mathverifier.algebra.Form.Variable;
import dev.cooper.mathverifier.numeric.Rational;
import org.jspecify.annotations.Nullable;

/**
 * One form in one {@link ResidueField}. Variables, π, e^u and the like are powers of residues chosen by chance, so that
 * their square, cube, fourth, sixth and twelfth roots are there too; sine and cosine of u are the parts of a chosen
 * element of norm 1, so that every identity between them holds that holds by the addition theorems.
 */
final class Residues {
    private static final int LONGEST_CERTAIN = 60;
    private static final Rational TWELVE = Rational.of(12);

    private final ResidueField field;
    final Work work;
    private final Rotations rotations;
    private final ResidueRoots roots;
    private boolean complete = true;
    private boolean certain = true;
    private boolean sawPi;
    private boolean sawE;

    Residues(ResidueField field, Work work) {
        this.field = field;
        this.work = work;
        this.rotations = new Rotations(field, this);
        this.roots = new ResidueRoots(field, this);
    }

    /** π and e are each transcendental; that they are independent is not known. */
    boolean isComplete() {
        return complete && !(sawPi && sawE);
    }

    boolean isCertain() {
        return certain;
    }

    void noteDependence() {
        complete = false;
    }

    void noteChoice() {
        complete = false;
        certain = false;
    }

    Residue of(Form form) {
        work.step();
        return switch (form) {
            case Exact x -> exact(x.value);
            case Named named -> named(named, Rational.ONE);
            case Infinite _ -> throw NoValueException.UNDEFINED;
            case Variable variable -> field.power(field.chosen(Seeds.of(variable.name)), 12);
            case Total total -> total(total);
            case Product product -> {
                Residue result = of(product.factors[0]);
                for (int i = 1; i < product.factors.length; i++) {
                    result = field.multiply(result, of(product.factors[i]));
                }
                yield result;
            }
            case Power power -> power(power);
            case Applied applied -> apply(applied);
            case Unknown unknown -> chosen(Seeds.of(unknown.name), unknown.arguments);
            case Bounded bounded -> {
                long key = chosen(bounded.kind.name().hashCode(), bounded.bounds.toArray(new Form[0]))
                        .re();
                yield chosen(key, bounded.body);
            }
        };
    }

    private Residue exact(Rational value) {
        certain &= value.bits() <= LONGEST_CERTAIN;
        if (value.bits() > 1000) {
            work.step(value.bits() / 500);
        }
        Residue numerator = field.of(value.numerator());
        return value.isInteger() ? numerator : field.multiply(numerator, field.inverse(field.of(value.denominator())));
    }

    Residue named(Named named, Rational exponent) {
        if (named == Named.I) {
            return field.imaginaryUnit();
        }
        sawPi |= named == Named.PI;
        sawE |= named == Named.E;
        Residue residue = twelfths(field.chosen(named == Named.PI ? 'p' : key(1, field.one)), exponent);
        return residue != null ? residue : chosen(named.hash, new Exact(exponent));
    }

    private Residue total(Total total) {
        Residue sum = exact(total.constant);
        for (int i = 0; i < total.terms.length; i++) {
            sum = field.add(sum, field.multiply(exact(total.coefficients[i]), of(total.terms[i])));
        }
        return sum;
    }

    static long key(long key, Residue residue) {
        return Seeds.combine(Seeds.combine(key, residue.re()), residue.im());
    }

    /** In the place of something that is known to depend on these forms alone. */
    Residue chosen(long key, Form... arguments) {
        complete = false;
        long combined = key;
        for (Form argument : arguments) {
            combined = key(combined, of(argument));
        }
        return field.chosen(combined);
    }

    /** The twelfth root to the power 12 · exponent; null if that is no integer. */
    @Nullable
    Residue twelfths(Residue twelfthRoot, Rational exponent) {
        Rational power = exponent.times(TWELVE);
        return power.isInteger() ? field.power(twelfthRoot, power.numerator()) : null;
    }

    private Residue power(Power power) {
        if (power.exponent instanceof Exact exponent) {
            return exponent.value.isInteger()
                    ? field.power(of(power.base), exponent.value.numerator())
                    : roots.root(power.base, exponent.value);
        }
        if (power.base == Named.E) {
            return product(power.exponent, 1, field.one);
        }
        complete = false;
        return product(power.exponent, 2, of(power.base));
    }

    /** {@code base^{c1 t1 + c2 t2}}, out of what is chosen for {@code base^{t1/12}} and {@code base^{t2/12}}. */
    private Residue product(Form exponent, long kind, Residue base) {
        complete = false;
        if (!(exponent instanceof Total total)) {
            return powerOfTerm(exponent, Rational.ONE, kind, base);
        }
        Residue result = field.one;
        for (int i = 0; i < total.terms.length; i++) {
            result = field.multiply(result, powerOfTerm(total.terms[i], total.coefficients[i], kind, base));
        }
        return result;
    }

    private Residue powerOfTerm(Form term, Rational coefficient, long kind, Residue base) {
        if (kind == 1 && term.has(Form.IMAGINARY)) {
            Residue rotation = rotations.exponential(term, coefficient);
            if (rotation != null) {
                return rotation;
            }
        }
        long key = key(key(kind, base), of(term));
        Residue power = twelfths(field.chosen(key), coefficient);
        return power != null ? power : chosen(key, new Exact(coefficient));
    }

    private Residue apply(Applied applied) {
        Form first = applied.arguments[0];
        return switch (applied.operation) {
            case SIN -> rotations.sine(first);
            case COS -> rotations.cosine(first);
            case LN -> logarithm(first);
            case ABS -> {
                Residue residue = of(first);
                complete = false;
                yield field.chosen(key(applied.operation.name().hashCode() + 16L, field.multiply(residue, residue)));
            }
            default -> chosen(applied.operation.name().hashCode() + 16L, applied.arguments);
        };
    }

    /** As far as the reals go the logarithm of a product is a sum, since that has a value for fewer points. */
    private Residue logarithm(Form argument) {
        if (argument instanceof Product product && !product.has(Form.IMAGINARY)) {
            Residue sum = field.zero;
            for (Form factor : product.factors) {
                sum = field.add(sum, logarithm(factor));
            }
            return sum;
        }
        if (argument instanceof Power power && !power.has(Form.IMAGINARY)) {
            complete = false;
            return field.multiply(of(power.exponent), logarithm(power.base));
        }
        return chosen(Operation.LN.name().hashCode() + 16L, argument);
    }
}
