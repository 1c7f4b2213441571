package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.syntax.Node;
import java.util.Optional;
import java.util.OptionalInt;

/** An interval of real numbers that is not empty, or a point: then both ends are closed and the same. */
record Piece(End lower, End upper) {

    /** Where a piece ends; without a value at minus or plus infinity, which is never closed. */
    record End(Optional<Node> value, boolean closed) {
        static final End INFINITE = new End(Optional.empty(), false);

        static End of(Node value, boolean closed) {
            return new End(Optional.of(value), closed);
        }

        End flipped() {
            return new End(value, !closed);
        }
    }

    /** Which of two real numbers is greater; empty if unknown. */
    interface Order {
        OptionalInt compare(Node left, Node right);
    }

    static Piece point(Node value) {
        return new Piece(End.of(value, true), End.of(value, true));
    }

    /** Negative if the lower end {@code left} lies before the lower end {@code right}. */
    static OptionalInt compareLower(End left, End right, Order order) {
        if (left.value().isEmpty() || right.value().isEmpty()) {
            return OptionalInt.of(
                    Boolean.compare(left.value().isPresent(), right.value().isPresent()));
        }
        OptionalInt values = order.compare(left.value().get(), right.value().get());
        return tie(values, Boolean.compare(right.closed(), left.closed()));
    }

    /** Negative if the upper end {@code left} lies before the upper end {@code right}. */
    static OptionalInt compareUpper(End left, End right, Order order) {
        if (left.value().isEmpty() || right.value().isEmpty()) {
            return OptionalInt.of(
                    Boolean.compare(right.value().isPresent(), left.value().isPresent()));
        }
        OptionalInt values = order.compare(left.value().get(), right.value().get());
        return tie(values, Boolean.compare(left.closed(), right.closed()));
    }

    /** Whether nothing lies between the two ends; empty if unknown. */
    static Optional<Boolean> isEmpty(End lower, End upper, Order order) {
        if (lower.value().isEmpty() || upper.value().isEmpty()) {
            return Optional.of(false);
        }
        OptionalInt values = order.compare(lower.value().get(), upper.value().get());
        if (values.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(values.getAsInt() > 0 || (values.getAsInt() == 0 && !(lower.closed() && upper.closed())));
    }

    private static OptionalInt tie(OptionalInt values, int closedness) {
        return values.isPresent() && values.getAsInt() == 0 ? OptionalInt.of(closedness) : values;
    }
}
