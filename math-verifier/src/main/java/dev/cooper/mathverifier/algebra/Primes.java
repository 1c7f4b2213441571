package dev.cooper.mathverifier.algebra;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Factors of integers, as far as small primes go. */
final class Primes {
    /** A cofactor below its square is a prime. */
    static final int LIMIT = 1000;

    private static final int[] SMALL = sieve();

    private Primes() {}

    /** A prime, or what the small primes leave of a number. */
    record Factor(BigInteger prime, int multiplicity) {}

    /** Of a base that {@link #factor} gave: what has no small factor and is short is a prime. */
    static boolean isSurelyPrime(BigInteger factor) {
        return factor.bitLength() < 20;
    }

    /** Of a number above 1; the last may be composite without small prime factors, but is no perfect power. */
    static List<Factor> factor(BigInteger number, Work work) {
        List<Factor> factors = new ArrayList<>(4);
        BigInteger rest = number;
        for (int prime : SMALL) {
            if (rest.bitLength() < 63) {
                work.step(1 + rest.bitLength() / 4);
                return factorShort(rest.longValue(), prime, factors);
            }
            work.step(1 + rest.bitLength() / 512);
            int multiplicity = 0;
            BigInteger divisor = BigInteger.valueOf(prime);
            for (BigInteger[] parts = rest.divideAndRemainder(divisor);
                    parts[1].signum() == 0;
                    parts = rest.divideAndRemainder(divisor)) {
                work.step(1 + rest.bitLength() / 512);
                rest = parts[0];
                multiplicity++;
            }
            add(divisor, multiplicity, factors);
        }
        addCofactor(rest, factors);
        return factors;
    }

    private static List<Factor> factorShort(long number, int from, List<Factor> factors) {
        long rest = number;
        for (int prime : SMALL) {
            if (prime < from) {
                continue;
            }
            if ((long) prime * prime > rest) {
                break;
            }
            int multiplicity = 0;
            for (; rest % prime == 0; rest /= prime) {
                multiplicity++;
            }
            add(BigInteger.valueOf(prime), multiplicity, factors);
        }
        addCofactor(BigInteger.valueOf(rest), factors);
        return factors;
    }

    private static void addCofactor(BigInteger rest, List<Factor> factors) {
        if (rest.equals(BigInteger.ONE)) {
            return;
        }
        if (rest.bitLength() >= 20 && rest.bitLength() <= 1024) {
            for (int degree : new int[] {2, 3, 5, 7}) {
                BigInteger root = root(rest, degree);
                if (root.pow(degree).equals(rest)) {
                    int before = factors.size();
                    addCofactor(root, factors);
                    Factor inner = factors.remove(before);
                    factors.add(new Factor(inner.prime, inner.multiplicity * degree));
                    return;
                }
            }
        }
        factors.add(new Factor(rest, 1));
    }

    private static void add(BigInteger prime, int multiplicity, List<Factor> factors) {
        if (multiplicity > 0) {
            factors.add(new Factor(prime, multiplicity));
        }
    }

    /** The largest integer whose power is not above the number, by Newton's method. */
    static BigInteger root(BigInteger number, int degree) {
        if (degree == 2) {
            return number.sqrt();
        }
        BigInteger guess = BigInteger.ONE.shiftLeft(number.bitLength() / degree + 1);
        while (true) {
            BigInteger next = guess.multiply(BigInteger.valueOf(degree - 1))
                    .add(number.divide(guess.pow(degree - 1)))
                    .divide(BigInteger.valueOf(degree));
            if (next.compareTo(guess) >= 0) {
                return guess;
            }
            guess = next;
        }
    }

    private static int[] sieve() {
        int[] primes = new int[168];
        int count = 0;
        for (int candidate = 2; candidate < LIMIT; candidate++) {
            boolean prime = true;
            for (int i = 0; i < count && prime; i++) {
                prime = candidate % primes[i] != 0;
            }
            if (prime) {
                primes[count++] = candidate;
            }
        }
        return primes;
    }
}
