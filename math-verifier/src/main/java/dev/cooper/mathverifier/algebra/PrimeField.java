package dev.cooper.mathverifier.algebra;

import java.math.BigInteger;

/**
 * Integers modulo a prime below 2^62 that is 3 modulo 4, in Montgomery's form (1985): an element a is held as {@code a
 * · 2^64 mod p}.
 */
final class PrimeField {
    final long prime;
    private final BigInteger primeAsBig;
    private final long negativeInverse;
    private final long squareOfRadix;
    final long one;

    PrimeField(long prime) {
        this.prime = prime;
        this.primeAsBig = BigInteger.valueOf(prime);
        long inverse = prime;
        for (int i = 0; i < 5; i++) {
            inverse *= 2 - prime * inverse;
        }
        this.negativeInverse = -inverse;
        BigInteger radix = BigInteger.ONE.shiftLeft(64);
        this.squareOfRadix = radix.multiply(radix).mod(primeAsBig).longValue();
        this.one = of(1);
    }

    long of(long value) {
        return multiply(Math.floorMod(value, prime), squareOfRadix);
    }

    long of(BigInteger value) {
        return value.bitLength() < 63
                ? of(value.longValue())
                : multiply(value.mod(primeAsBig).longValue(), squareOfRadix);
    }

    long add(long a, long b) {
        long sum = a + b;
        return sum >= prime ? sum - prime : sum;
    }

    long subtract(long a, long b) {
        long difference = a - b;
        return difference < 0 ? difference + prime : difference;
    }

    long negate(long a) {
        return a == 0 ? 0 : prime - a;
    }

    long multiply(long a, long b) {
        long low = a * b;
        long factor = low * negativeInverse;
        long result = Math.multiplyHigh(a, b) + Math.unsignedMultiplyHigh(factor, prime) + (low == 0 ? 0 : 1);
        return result >= prime ? result - prime : result;
    }

    /** The exponent is not negative. */
    long power(long base, long exponent) {
        long result = one;
        long square = base;
        for (long rest = exponent; rest != 0; rest >>>= 1) {
            if ((rest & 1) != 0) {
                result = multiply(result, square);
            }
            square = multiply(square, square);
        }
        return result;
    }

    long inverse(long a) {
        if (a == 0) {
            throw NoValueException.UNDEFINED;
        }
        return power(a, prime - 2);
    }

    /** A square root of a or, if it has none, of −a. */
    long squareRoot(long a) {
        return power(a, (prime + 1) / 4);
    }
}
