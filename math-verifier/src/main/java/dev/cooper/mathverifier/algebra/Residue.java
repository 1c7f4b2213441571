package dev.cooper.mathverifier.algebra;

/** {@code re + im·i} modulo a prime, both in its field's form. */
record Residue(long re, long im) {
    boolean isZero() {
        return re == 0 && im == 0;
    }
}
