package dev.cooper.mathverifier.algebra;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * The field of p² elements: integers modulo p with i, for a prime p that is −1 modulo {@link #ORDER}. So it holds all
 * roots of unity of orders that divide ORDER, and hence the square roots of the primes up to 19 as Gauss's sums of
 * them; and each element of the prime field has exactly one cube root, fifth root and so on.
 *
 * <p>To put algebraic numbers in the place of these elements is a ring homomorphism: equal numbers have equal residues,
 * and numbers that differ have, but for a chance of about 2^−60, different ones.
 */
final class ResidueField {
    /** 2^4 · 3^2 · 5 · 7 · 11 · 13 · 17 · 19. */
    static final long ORDER = 232_792_560;

    private static final int[] PRIMES_OF_ORDER = {2, 3, 5, 7, 11, 13, 17, 19};
    private static final ResidueField[] FIELDS = {
        new ResidueField(2_305_843_008_800_451_119L), new ResidueField(2_305_843_003_679_014_799L)
    };

    private final PrimeField prime;
    private final BigInteger units;
    private final Residue root;
    private final Residue[] squareRoots = new Residue[20];
    final Residue zero;
    final Residue one;

    private ResidueField(long modulus) {
        this.prime = new PrimeField(modulus);
        this.units = BigInteger.valueOf(modulus).pow(2).subtract(BigInteger.ONE);
        this.zero = new Residue(0, 0);
        this.one = new Residue(prime.one, 0);
        this.root = primitiveRoot();
        for (int q : PRIMES_OF_ORDER) {
            squareRoots[q] = gaussSum(q);
        }
    }

    static int count() {
        return FIELDS.length;
    }

    static ResidueField get(int index) {
        return FIELDS[index];
    }

    /** Of the order ORDER in the group of norm 1, with i for its power ORDER/4. */
    private Residue primitiveRoot() {
        for (long seed = 2; ; seed++) {
            Residue start = new Residue(prime.of(seed), prime.one);
            Residue unit = multiply(start, inverse(conjugate(start)));
            Residue candidate = power(unit, (prime.prime + 1) / ORDER);
            boolean primitive = true;
            for (int q : PRIMES_OF_ORDER) {
                primitive &= !power(candidate, ORDER / q).equals(one);
            }
            if (primitive) {
                Residue quarter = power(candidate, ORDER / 4);
                return quarter.im() == prime.one ? candidate : conjugate(candidate);
            }
        }
    }

    /** √q as a sum of roots of unity: for q = 1 modulo 4 the sum itself, for 3 modulo 4 it is i√q. */
    private Residue gaussSum(int q) {
        if (q == 2) {
            Residue eighth = power(root, ORDER / 8);
            return add(eighth, inverse(eighth));
        }
        Residue sum = zero;
        for (int a = 0; a < q; a++) {
            sum = add(sum, power(root, ORDER / q * ((long) a * a % q)));
        }
        return q % 4 == 1 ? sum : multiply(sum, new Residue(0, prime.negate(prime.one)));
    }

    Residue imaginaryUnit() {
        return new Residue(0, prime.one);
    }

    Residue of(BigInteger value) {
        return new Residue(prime.of(value), 0);
    }

    Residue of(long value) {
        return new Residue(prime.of(value), 0);
    }

    /** An element of the prime field that stands for something unknown: the same for the same key, not 0. */
    Residue chosen(long key) {
        long value = Seeds.combine(key, prime.prime) >>> 3;
        return new Residue(value % (prime.prime - 1) + 1, 0);
    }

    /** An element of norm 1 that stands for e^{iu} with an unknown real u. */
    Residue chosenRotation(long key) {
        Residue start = new Residue(chosen(key).re(), prime.one);
        return multiply(start, inverse(conjugate(start)));
    }

    Residue add(Residue a, Residue b) {
        return new Residue(prime.add(a.re(), b.re()), prime.add(a.im(), b.im()));
    }

    Residue negate(Residue a) {
        return new Residue(prime.negate(a.re()), prime.negate(a.im()));
    }

    Residue conjugate(Residue a) {
        return new Residue(a.re(), prime.negate(a.im()));
    }

    Residue multiply(Residue a, Residue b) {
        long product = prime.multiply(a.re(), b.re());
        if (a.im() == 0 && b.im() == 0) {
            return new Residue(product, 0);
        }
        return new Residue(
                prime.subtract(product, prime.multiply(a.im(), b.im())),
                prime.add(prime.multiply(a.re(), b.im()), prime.multiply(a.im(), b.re())));
    }

    Residue inverse(Residue a) {
        if (a.im() == 0) {
            return new Residue(prime.inverse(a.re()), 0);
        }
        long norm = prime.add(prime.multiply(a.re(), a.re()), prime.multiply(a.im(), a.im()));
        long factor = prime.inverse(norm);
        return new Residue(prime.multiply(a.re(), factor), prime.multiply(prime.negate(a.im()), factor));
    }

    Residue power(Residue base, BigInteger exponent) {
        if (exponent.bitLength() < 63) {
            long power = exponent.longValue();
            return power < 0 ? inverse(power(base, -power)) : power(base, power);
        }
        if (base.isZero()) {
            throw NoValueException.UNDEFINED;
        }
        BigInteger reduced = exponent.mod(units);
        Residue result = one;
        for (int bit = reduced.bitLength() - 1; bit >= 0; bit--) {
            result = multiply(result, result);
            result = reduced.testBit(bit) ? multiply(result, base) : result;
        }
        return result;
    }

    Residue power(Residue base, long exponent) {
        if (base.im() == 0) {
            return new Residue(prime.power(base.re(), exponent), 0);
        }
        Residue result = one;
        Residue square = base;
        for (long rest = exponent; rest != 0; rest >>>= 1) {
            if ((rest & 1) != 0) {
                result = multiply(result, square);
            }
            square = multiply(square, square);
        }
        return result;
    }

    /** {@code e^{2πi · numerator/denominator}}; null if the denominator does not divide ORDER. */
    @Nullable
    Residue rootOfUnity(BigInteger numerator, BigInteger denominator) {
        if (denominator.bitLength() > 31 || ORDER % denominator.longValue() != 0) {
            return null;
        }
        long step = numerator.mod(denominator).longValue();
        return power(root, ORDER / denominator.longValue() * step);
    }

    /** Of a prime number, so that all such roots and the roots of unity fit together. */
    Residue squareRootOfPrime(BigInteger number) {
        if (number.bitLength() < 5 && squareRoots[number.intValue()] != null) {
            return squareRoots[number.intValue()];
        }
        return realRoot(prime.of(number));
    }

    private Residue realRoot(long a) {
        long candidate = prime.squareRoot(a);
        return prime.multiply(candidate, candidate) == a ? new Residue(candidate, 0) : new Residue(0, candidate);
    }

    /** One of the two; null if there is none. */
    @Nullable
    Residue squareRoot(Residue a) {
        if (a.im() == 0) {
            return realRoot(a.re());
        }
        long norm = prime.add(prime.multiply(a.re(), a.re()), prime.multiply(a.im(), a.im()));
        Residue modulus = realRoot(norm);
        if (modulus.im() != 0) {
            return null;
        }
        long half = prime.inverse(prime.of(2));
        Residue re = realRoot(prime.multiply(prime.add(a.re(), modulus.re()), half));
        if (re.im() != 0 || re.re() == 0) {
            re = realRoot(prime.multiply(prime.subtract(a.re(), modulus.re()), half));
        }
        if (re.im() != 0 || re.re() == 0) {
            return null;
        }
        return new Residue(re.re(), prime.multiply(prime.multiply(a.im(), half), prime.inverse(re.re())));
    }

    /** The root of odd degree of an element of the prime field, or of i times one; null if it is not the only one. */
    @Nullable
    Residue oddRoot(Residue a, BigInteger degree) {
        BigInteger order = BigInteger.valueOf(prime.prime - 1);
        if (!degree.gcd(order).equals(BigInteger.ONE) || (a.re() != 0 && a.im() != 0)) {
            return null;
        }
        long inverse = degree.modInverse(order).longValue();
        if (a.im() == 0) {
            return new Residue(prime.power(a.re(), inverse), 0);
        }
        // i^k with k·degree = 1 modulo 4 is i for degree 1 and −i for degree 3 modulo 4.
        long size = prime.power(a.im(), inverse);
        return new Residue(0, degree.testBit(1) ? prime.negate(size) : size);
    }
}
