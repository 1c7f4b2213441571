package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.algebra.Form.Exact;
import dev.cooper.mathverifier.algebra.Form.Named;
import dev.cooper.mathverifier.algebra.Form.Power;
import dev.cooper.mathverifier.algebra.Form.Product;
import dev.cooper.mathverifier.algebra.Form.Variable;
import dev.cooper.mathverifier.numeric.Rational;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Roots for {@link Residues}: of numbers and variables so that all fit together, of all else whichever is found. */
final class ResidueRoots {
    /** A root takes powers with exponents as long as the field's order. */
    private static final int STEPS_OF_ROOT = 8;

    private final ResidueField field;
    private final Residues residues;

    ResidueRoots(ResidueField field, Residues residues) {
        this.field = field;
        this.residues = residues;
    }

    /** Of a base to an exponent that is no integer. */
    Residue root(Form base, Rational exponent) {
        if (exponent.bits() > Powers.LONGEST_ROOT) {
            return residues.chosen(Residues.key(3, residues.of(base)), new Exact(exponent));
        }
        switch (base) {
            case Named named
            when named != Named.I -> {
                return residues.named(named, exponent);
            }
            case Variable variable -> {
                Residue residue = residues.twelfths(field.chosen(Seeds.of(variable.name)), exponent);
                if (residue != null) {
                    return residue;
                }
            }
            case Product product
            when isOdd(product) && !product.has(Form.IMAGINARY) -> {
                Residue result = field.one;
                for (Form factor : product.factors) {
                    result = field.multiply(result, root(factor, exponent));
                }
                return result;
            }
            case Power power
            when isOdd(power) && !power.has(Form.IMAGINARY) -> {
                return root(power.base, ((Exact) power.exponent).value.times(exponent));
            }
            default -> {}
        }
        residues.work.step(STEPS_OF_ROOT);
        Residue radicand = residues.of(base);
        boolean prime = base instanceof Exact x
                && x.value.isInteger()
                && x.value.signum() > 0
                && Primes.isSurelyPrime(x.value.numerator());
        Residue root = prime
                ? rootOfPrime(((Exact) base).value.numerator(), radicand, exponent)
                : generalRoot(radicand, exponent.denominator());
        return root != null
                ? field.power(root, exponent.numerator())
                : residues.chosen(Residues.key(3, radicand), new Exact(exponent));
    }

    /** Powers whose roots are real where all are: odd ones, and those that are roots themselves. */
    private static boolean isOdd(Product product) {
        for (Form factor : product.factors) {
            if (factor instanceof Power power && !isOdd(power)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOdd(Power power) {
        return power.exponent instanceof Exact x
                && (!x.value.denominator().testBit(0) || x.value.numerator().testBit(0));
    }

    private @Nullable Residue rootOfPrime(BigInteger prime, Residue residue, Rational exponent) {
        int halvings = exponent.denominator().getLowestSetBit();
        if (halvings > 1) {
            return generalRoot(residue, exponent.denominator());
        }
        Residue base = halvings == 1 ? field.squareRootOfPrime(prime) : residue;
        return field.oddRoot(base, exponent.denominator().shiftRight(halvings));
    }

    /** One of the roots, whichever the field finds first. */
    private @Nullable Residue generalRoot(Residue radicand, BigInteger degree) {
        residues.noteChoice();
        Residue root = radicand;
        for (int i = degree.getLowestSetBit(); i > 0 && root != null; i--) {
            root = field.squareRoot(root);
        }
        return root == null ? null : field.oddRoot(root, degree.shiftRight(degree.getLowestSetBit()));
    }
}
