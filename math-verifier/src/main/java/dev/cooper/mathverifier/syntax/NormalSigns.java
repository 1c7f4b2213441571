package dev.cooper.mathverifier.syntax;

/** The signs and brackets of the canonical text. */
final class NormalSigns {
    private NormalSigns() {}

    static String constant(Node.Constant.Name name) {
        return switch (name) {
            case PI -> "\u03c0";
            case E -> "e";
            case I -> "i";
            case INFINITY -> "\u221e";
            case UNDEFINED -> "undefined";
        };
    }

    static String sign(Node.Relation.Sign sign) {
        return switch (sign) {
            case EQUAL -> "=";
            case NOT_EQUAL -> "\u2260";
            case LESS -> "<";
            case LESS_OR_EQUAL -> "\u2264";
            case GREATER -> ">";
            case GREATER_OR_EQUAL -> "\u2265";
            case APPROXIMATELY -> "\u2248";
            case EQUIVALENT -> "\u2261";
            case ELEMENT_OF -> "\u2208";
            case NOT_ELEMENT_OF -> "\u2209";
            case SUBSET -> "\u2282";
            case DIVIDES -> "\u2223";
            case NOT_DIVIDES -> "\u2224";
            case MAPS_TO -> "\u2192";
            case IMPLIES -> "\u21d2";
            case PARALLEL -> "\u2225";
            case PERPENDICULAR -> "\u22a5";
            case SIMILAR -> "\u223c";
            case CONGRUENT -> "\u2245";
            case PROPORTIONAL -> "\u221d";
        };
    }

    static String open(Node.Bracket bracket) {
        return switch (bracket) {
            case ROUND -> "(";
            case SQUARE -> "[";
            case ANGLE -> "\u27e8";
        };
    }

    static String close(Node.Bracket bracket) {
        return switch (bracket) {
            case ROUND -> ")";
            case SQUARE -> "]";
            case ANGLE -> "\u27e9";
        };
    }
}
