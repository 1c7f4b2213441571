package dev.cooper.mathverifier.algebra;

import java.math.BigDecimal;

/**
 * A real number, known within a bound.
 *
 * @param value nearest to it that is known
 * @param error the true value differs by no more; 0 if it is exact
 */
public record Approximation(BigDecimal value, BigDecimal error) {}
