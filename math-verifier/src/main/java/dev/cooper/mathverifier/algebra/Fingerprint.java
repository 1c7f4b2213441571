package dev.cooper.mathverifier.algebra;

import java.util.ArrayList;
import java.util.List;

/**
 * What a form is in two finite fields, with residues chosen by chance for its variables and for each part that is not
 * algebraic.
 *
 * @param residues one for each field; none if something in it is no number of the field, or a division by zero
 * @param isComplete whether forms with other residues are other functions: nothing in it was replaced that might depend
 *     on something else
 * @param isCertain whether forms with the same residues are the same function: no root was chosen among several, and no
 *     number is long enough to be a multiple of the primes by design
 * @param dividesByZero whether it does so identically
 */
record Fingerprint(List<Residue> residues, boolean isComplete, boolean isCertain, boolean dividesByZero) {
    Fingerprint {
        residues = List.copyOf(residues);
    }

    static Fingerprint of(Form form, Work work) {
        List<Residue> residues = new ArrayList<>(ResidueField.count());
        boolean complete = true;
        boolean certain = true;
        try {
            for (int i = 0; i < ResidueField.count(); i++) {
                Residues evaluation = new Residues(ResidueField.get(i), work);
                residues.add(evaluation.of(form));
                complete &= evaluation.isComplete();
                certain &= evaluation.isCertain();
            }
        } catch (NoValueException e) {
            return new Fingerprint(List.of(), false, false, e == NoValueException.UNDEFINED);
        }
        return new Fingerprint(residues, complete, certain, false);
    }

    boolean matches(Fingerprint other) {
        return !residues.isEmpty() && residues.equals(other.residues);
    }

    boolean differsFrom(Fingerprint other) {
        boolean known = !residues.isEmpty() && !other.residues.isEmpty() && isComplete && other.isComplete;
        return known && !matches(other);
    }
}
