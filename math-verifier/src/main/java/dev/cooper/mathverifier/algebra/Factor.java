package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.numeric.Rational;
import java.util.Optional;

/**
 * The constant by which one expression is a multiple of another.
 *
 * @param sign 1 or −1; 0 if the factor is not real
 * @param exact the factor if it is a rational number that is known
 */
public record Factor(int sign, Optional<Rational> exact) {}
