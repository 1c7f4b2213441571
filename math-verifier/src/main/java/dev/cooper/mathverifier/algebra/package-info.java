/**
 * Whether two scalar expressions are equal, by a ladder of methods from the cheapest on, within a counted number of
 * steps. {@link dev.cooper.mathverifier.algebra.ScalarEquality} is the way in.
 *
 * <ol>
 *   <li>{@code Normalizer}: a tree becomes a {@code Form}: sums and products flattened and sorted, rational
 *       coefficients and equal bases joined, roots of numbers split into roots of primes, functions in terms of a few.
 *       What is a rational number is one from here on.
 *   <li>{@code Fingerprint}: the form modulo two primes near 2^61, in fields that hold i, the roots of unity of all
 *       small orders and the square roots of all primes. For polynomials, rational functions and radicals of numbers it
 *       decides both ways; sine, cosine and powers of e obey their addition theorems there, so that equality of these
 *       is decided, too; whatever else there is stands for itself.
 *   <li>{@code PointComparison} in doubles that carry bounds of their errors, at seeded points: one point at which the
 *       bounds are apart shows that two forms differ.
 *   <li>The same with 64, then 130 digits, where the bounds overlap everywhere: agreement to 50 digits counts as equal.
 *       Where the residues agreed, but a root had been chosen among several, the doubles suffice: they tell which root
 *       it is.
 * </ol>
 *
 * <p>A library for exact polynomial algebra has no place here. The second rung is that algebra: it decides polynomial
 * identities, with roots adjoined, in microseconds and a known number of steps, and its chance of error is about the
 * degree over 2^120. Gröbner bases, which would add a proof in place of that chance, take time that no counted budget
 * bounds; and the library at hand brings a collection library under the LGPL. A library of decimal functions was tried
 * for the last rung and left out: it took 20 to 100 times as long as {@code FixedPoint}.
 */
@NullMarked
package dev.cooper.mathverifier.algebra;

import org.jspecify.annotations.NullMarked;
