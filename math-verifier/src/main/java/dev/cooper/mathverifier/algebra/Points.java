package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.numeric.Rational;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Seeded points at which two expressions are compared. Values are short binary fractions, so that doubles and decimals
 * hold them exactly; variables that stand for integers get small positive ones.
 *
 * <p>Where there are floors, these and the variables below the floors go through consecutive values, so many that two
 * forms which agree at all of them are equal: see {@link Periodicity}.
 */
final class Points {
    /** Positive, in (0, 1), negative, large, of either sign, large and negative: in turn. */
    static final int KINDS = 6;

    private static final int FRACTION_BITS = 12;

    private static final int TRIES = 24;
    private static final int MOST = 480;

    private final Symbols symbols;
    private final Set<String> reals;
    private final Set<String> stepped;
    private final int count;
    /** Values of each variable that goes through consecutive ones. */
    private final int side;

    private final int fineness;
    private final boolean enough;

    Points(Symbols symbols, Form a, Form b) {
        this.symbols = symbols;
        this.reals = symbols.floored();
        this.stepped = new TreeSet<>(reals);
        if (symbols.haveSteps() || symbols.integers().size() == 1) {
            stepped.addAll(symbols.integers());
        }
        if (!symbols.haveSteps()) {
            this.count = TRIES;
            this.side = TRIES;
            this.fineness = 1;
            this.enough = true;
            return;
        }
        Periodicity periodicity = new Periodicity(stepped, reals);
        long needed = periodicity.points(a, b);
        // One more than the number of variables, so that a point lies within every cell that the jumps enclose.
        long fine = reals.isEmpty() ? 1 : periodicity.fineness() * (reals.size() + 1L);
        double all = 1;
        for (int i = 0; i < stepped.size(); i++) {
            all *= needed * (double) fine;
        }
        this.enough = all <= MOST;
        this.count = enough ? Math.max(TRIES, (int) all) : TRIES;
        this.side = stepped.size() == 1 ? count : (int) Math.min(needed * fine, TRIES);
        this.fineness = (int) Math.min(fine, MOST);
    }

    int count() {
        return count;
    }

    /** Whether all of them have to be tried. */
    boolean areConsecutive() {
        return !stepped.isEmpty();
    }

    /** Whether forms that agree at all of them are equal. */
    boolean areEnough() {
        return enough;
    }

    /** @param complex whether values have an imaginary part too */
    <R> @Nullable Scope<R> at(int index, boolean complex, ComplexArithmetic<R> arithmetic) {
        Scope<R> scope = null;
        int place = index;
        for (String name : symbols.variables()) {
            long seed = Seeds.combine(Seeds.of(name), index);
            Rational re;
            if (stepped.contains(name)) {
                re = Rational.of(1 + place % side, reals.contains(name) ? fineness : 1);
                place /= side;
            } else {
                re = symbols.integers().contains(name) ? integer(seed, index) : fraction(seed, index);
            }
            Complex<R> value = arithmetic.of(re);
            if (complex && !symbols.integers().contains(name)) {
                Rational im = fraction(Seeds.mix(seed), 4);
                value = new Complex<>(value.re(), arithmetic.real().of(im));
            }
            scope = new Scope<>(name, value, complex ? null : re, scope);
        }
        return scope;
    }

    private static Rational integer(long seed, int index) {
        return Rational.of(1 + Math.floorMod(seed, 4 + index));
    }

    private static Rational fraction(long seed, int index) {
        double unit = (seed >>> 11) * 0x1p-53;
        double value = switch (index % KINDS) {
            case 0 -> 1 + 2 * unit;
            case 1 -> 0.05 + 0.9 * unit;
            case 2 -> -0.2 - 3 * unit;
            case 3 -> 4 + 40 * unit;
            case 4 -> 4 * unit - 2;
            default -> -4 - 40 * unit;
        };
        long scaled = Math.round(Math.scalb(value, FRACTION_BITS)) | 1;
        return Rational.of(scaled, 1L << FRACTION_BITS);
    }
}
