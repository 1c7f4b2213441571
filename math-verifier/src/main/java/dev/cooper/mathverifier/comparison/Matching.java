package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.Rule;
import dev.cooper.mathverifier.comparison.Comparison.Different;
import dev.cooper.mathverifier.comparison.Comparison.Equal;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Pairs the elements of two lists of one length so that each pair is equal: augmenting paths, so that an element that
 * equals several (as decimals may) takes none away. Each pair is compared at most once.
 */
final class Matching {
    private final int size;
    private final Pairs pairs;
    private final @Nullable Comparison[][] compared;

    /** Compares the reference's element at {@code i} with the answer's at {@code j}. */
    interface Pairs {
        Comparison compare(int i, int j);
    }

    Matching(int size, Pairs pairs) {
        this.size = size;
        this.pairs = pairs;
        compared = new Comparison[size][size];
    }

    /** Equal by {@code rule} if all find a partner; unsettled if only unsettled pairs are in the way. */
    Comparison outcome(Rule rule, String detail) {
        if (isComplete(pair -> pair instanceof Equal)) {
            return Outcomes.equal(rule, detail);
        }
        if (isComplete(pair -> !(pair instanceof Different))) {
            return firstUnsettled().orElseThrow();
        }
        return Outcomes.differentValue("some elements find no equal partner");
    }

    private boolean isComplete(Predicate<Comparison> fits) {
        int[] partner = new int[size];
        Arrays.fill(partner, -1);
        for (int i = 0; i < size; i++) {
            if (!augment(i, partner, new boolean[size], fits)) {
                return false;
            }
        }
        return true;
    }

    private boolean augment(int i, int[] partner, boolean[] seen, Predicate<Comparison> fits) {
        for (int k = 0; k < size; k++) {
            // The same place first: most lists come in the same order.
            int j = (i + k) % size;
            if (seen[j] || !fits.test(pair(i, j))) {
                continue;
            }
            seen[j] = true;
            if (partner[j] < 0 || augment(partner[j], partner, seen, fits)) {
                partner[j] = i;
                return true;
            }
        }
        return false;
    }

    private Comparison pair(int i, int j) {
        Comparison known = compared[i][j];
        if (known == null) {
            known = pairs.compare(i, j);
            compared[i][j] = known;
        }
        return known;
    }

    private Optional<Comparison> firstUnsettled() {
        return Arrays.stream(compared)
                .flatMap(Arrays::stream)
                .filter(pair -> pair instanceof Comparison.Unsettled)
                .findFirst();
    }
}
