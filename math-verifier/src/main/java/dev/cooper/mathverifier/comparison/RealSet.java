package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.comparison.Piece.End;
import dev.cooper.mathverifier.comparison.Piece.Order;
import dev.cooper.mathverifier.syntax.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A union of intervals and points.
 *
 * @param pieces apart from one another and ascending if {@code sorted}, else as they were written
 * @param sorted whether the order of all ends is known
 */
record RealSet(List<Piece> pieces, boolean sorted) {
    static final RealSet REALS = of(new Piece(End.INFINITE, End.INFINITE));
    static final RealSet EMPTY = new RealSet(List.of(), true);

    RealSet {
        pieces = List.copyOf(pieces);
    }

    static RealSet of(Piece piece) {
        return new RealSet(List.of(piece), true);
    }

    static RealSet below(Node bound, boolean closed) {
        return of(new Piece(End.INFINITE, End.of(bound, closed)));
    }

    static RealSet above(Node bound, boolean closed) {
        return of(new Piece(End.of(bound, closed), End.INFINITE));
    }

    /** The union; not sorted if the order of its ends is not known. */
    static RealSet union(List<Piece> pieces, Order order) {
        List<Piece> ascending = new ArrayList<>();
        for (Piece piece : pieces) {
            int at = ascending.size();
            while (at > 0) {
                OptionalInt place =
                        Piece.compareLower(piece.lower(), ascending.get(at - 1).lower(), order);
                if (place.isEmpty()) {
                    return new RealSet(pieces, false);
                }
                if (place.getAsInt() >= 0) {
                    break;
                }
                at--;
            }
            ascending.add(at, piece);
        }
        return merged(ascending, order).map(all -> new RealSet(all, true)).orElseGet(() -> new RealSet(pieces, false));
    }

    private static Optional<List<Piece>> merged(List<Piece> ascending, Order order) {
        List<Piece> merged = new ArrayList<>();
        for (Piece piece : ascending) {
            if (merged.isEmpty()) {
                merged.add(piece);
                continue;
            }
            Piece last = merged.getLast();
            Optional<Boolean> gap = isGap(last.upper(), piece.lower(), order);
            OptionalInt further = Piece.compareUpper(last.upper(), piece.upper(), order);
            if (gap.isEmpty() || further.isEmpty()) {
                return Optional.empty();
            }
            if (gap.get()) {
                merged.add(piece);
            } else if (further.getAsInt() < 0) {
                merged.set(merged.size() - 1, new Piece(last.lower(), piece.upper()));
            }
        }
        return Optional.of(merged);
    }

    /** Whether a number lies above the end {@code upper} and below the end {@code lower} of the next piece. */
    private static Optional<Boolean> isGap(End upper, End lower, Order order) {
        if (upper.value().isEmpty() || lower.value().isEmpty()) {
            return Optional.of(false);
        }
        return Piece.isEmpty(upper.flipped(), lower.flipped(), order).map(empty -> !empty);
    }

    /** Empty if the order of the ends is not known. */
    Optional<RealSet> intersection(RealSet other, Order order) {
        List<Piece> common = new ArrayList<>();
        for (Piece left : pieces) {
            for (Piece right : other.pieces) {
                OptionalInt lower = Piece.compareLower(left.lower(), right.lower(), order);
                OptionalInt upper = Piece.compareUpper(left.upper(), right.upper(), order);
                if (lower.isEmpty() || upper.isEmpty()) {
                    return Optional.empty();
                }
                End from = lower.getAsInt() >= 0 ? left.lower() : right.lower();
                End to = upper.getAsInt() <= 0 ? left.upper() : right.upper();
                // Between a and b lies something, or the writer would not have asked: a < x < b.
                if (!Piece.isEmpty(from, to, order).orElse(false)) {
                    common.add(new Piece(from, to));
                }
            }
        }
        return Optional.of(common.size() == 1 ? of(common.getFirst()) : union(common, order));
    }

    /** What is left of the real line; empty if the order of the ends is not known. */
    Optional<RealSet> complement() {
        if (!sorted) {
            return Optional.empty();
        }
        List<Piece> rest = new ArrayList<>();
        End from = End.INFINITE;
        boolean open = true;
        for (Piece piece : pieces) {
            if (piece.lower().value().isPresent()) {
                rest.add(new Piece(from, piece.lower().flipped()));
            }
            open = piece.upper().value().isPresent();
            from = open ? piece.upper().flipped() : End.INFINITE;
        }
        if (open) {
            rest.add(new Piece(from, End.INFINITE));
        }
        return Optional.of(new RealSet(rest, true));
    }

    /** Each number and its opposite. */
    RealSet mirrored() {
        List<Piece> mirror = pieces.reversed().stream()
                .map(piece -> new Piece(negated(piece.upper()), negated(piece.lower())))
                .toList();
        return new RealSet(mirror, sorted);
    }

    private static End negated(End end) {
        return new End(end.value().map(Trees::negated), end.closed());
    }
}
