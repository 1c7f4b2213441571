package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.algebra.Form.Exact;
import dev.cooper.mathverifier.algebra.Form.Named;
import dev.cooper.mathverifier.algebra.Form.Product;
import dev.cooper.mathverifier.algebra.Form.Total;
import dev.cooper.mathverifier.numeric.Rational;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands for e^{iu} in a {@link ResidueField}: exact for rational multiples of π, else a product of chosen ones.
 */
final class Rotations {
    private final ResidueField field;
    private final Residues residues;

    Rotations(ResidueField field, Residues residues) {
        this.field = field;
        this.residues = residues;
    }

    Residue sine(Form angle) {
        Residue rotation = rotation(angle);
        Residue difference = field.add(rotation, field.negate(field.inverse(rotation)));
        Residue twice = field.add(field.imaginaryUnit(), field.imaginaryUnit());
        return field.multiply(difference, field.inverse(twice));
    }

    Residue cosine(Form angle) {
        Residue rotation = rotation(angle);
        return field.multiply(field.add(rotation, field.inverse(rotation)), field.inverse(field.of(2)));
    }

    private Residue rotation(Form angle) {
        if (!(angle instanceof Total total)) {
            return ofTerm(angle, Rational.ONE);
        }
        Residue result = total.constant.isZero() ? field.one : ofTerm(Exact.ONE, total.constant);
        for (int i = 0; i < total.terms.length; i++) {
            result = field.multiply(result, ofTerm(total.terms[i], total.coefficients[i]));
        }
        return result;
    }

    private Residue ofTerm(Form term, Rational coefficient) {
        if (term == Named.PI) {
            Rational turns = coefficient.times(Algebra.HALF);
            Residue root = field.rootOfUnity(turns.numerator(), turns.denominator());
            if (root != null) {
                return root;
            }
        }
        residues.noteDependence();
        Form angle = term;
        Rational multiple = coefficient;
        if (term instanceof Exact x) {
            angle = Exact.ONE;
            multiple = coefficient.times(x.value);
        }
        long key = Residues.key(4, residues.of(angle));
        Residue rotation = residues.twelfths(field.chosenRotation(key), multiple);
        return rotation != null ? rotation : field.chosenRotation(Residues.key(key, residues.of(new Exact(multiple))));
    }

    /** {@code e^{c·term}} with one factor i in the term; null if there is none. */
    @Nullable
    Residue exponential(Form term, Rational coefficient) {
        if (term == Named.I) {
            return ofTerm(Exact.ONE, coefficient);
        }
        if (!(term instanceof Product product)) {
            return null;
        }
        List<Form> others = new ArrayList<>();
        boolean imaginary = false;
        for (Form factor : product.factors) {
            if (factor == Named.I) {
                imaginary = true;
            } else if (factor.has(Form.IMAGINARY)) {
                return null;
            } else {
                others.add(factor);
            }
        }
        if (!imaginary) {
            return null;
        }
        Form rest = others.size() == 1 ? others.getFirst() : new Product(others.toArray(new Form[0]));
        return ofTerm(rest, coefficient);
    }
}
