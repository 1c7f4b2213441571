package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.syntax.Node;
import dev.cooper.mathverifier.syntax.Node.Relation.Sign;

/** What relation signs have in common. */
final class Signs {
    private Signs() {}

    /** The sign that says the same with the sides swapped. */
    static Sign flipped(Sign sign) {
        return switch (sign) {
            case LESS -> Sign.GREATER;
            case LESS_OR_EQUAL -> Sign.GREATER_OR_EQUAL;
            case GREATER -> Sign.LESS;
            case GREATER_OR_EQUAL -> Sign.LESS_OR_EQUAL;
            default -> sign;
        };
    }

    static boolean isInequality(Sign sign) {
        return flipped(sign) != sign;
    }

    static boolean isGreater(Sign sign) {
        return sign == Sign.GREATER || sign == Sign.GREATER_OR_EQUAL;
    }

    /** Equality in the wide sense: signs that a chain of calculations may hold. */
    static boolean isEquality(Sign sign) {
        return sign == Sign.EQUAL || sign == Sign.APPROXIMATELY;
    }

    /** Relations whose sides may be swapped. */
    static boolean isSymmetric(Sign sign) {
        return switch (sign) {
            case EQUAL, NOT_EQUAL, APPROXIMATELY, EQUIVALENT, PARALLEL, PERPENDICULAR, SIMILAR, CONGRUENT -> true;
            default -> false;
        };
    }

    /** Whether all signs of a relation are equalities and nothing else. */
    static boolean isEquation(Node node) {
        return node instanceof Node.Relation relation
                && relation.signs().stream().allMatch(Signs::isEquality);
    }
}
