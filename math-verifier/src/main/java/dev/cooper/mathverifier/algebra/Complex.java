package dev.cooper.mathverifier.algebra;

/** A complex number within bounds; the imaginary part is the arithmetic's zero where the number is real. */
record Complex<R>(R re, R im) {}
