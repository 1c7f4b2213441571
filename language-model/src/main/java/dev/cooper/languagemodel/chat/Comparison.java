package dev.cooper.languagemodel.chat;

import java.util.List;

/** A relation to what stands left of it. */
record Comparison(Relation relation, Expression right) {
    /** How two values are compared. */
    enum Relation {
        EQUAL,
        DIFFERENT,
        LESS,
        LESS_OR_EQUAL,
        MORE,
        MORE_OR_EQUAL,
        IN,
        NOT_IN,
        NONE;

        private boolean holds(Value left, Value right) {
            return switch (this) {
                case EQUAL -> Operations.equal(left, right);
                case DIFFERENT -> !Operations.equal(left, right);
                case LESS -> Operations.compare(left, right) < 0;
                case LESS_OR_EQUAL -> Operations.compare(left, right) <= 0;
                case MORE -> Operations.compare(left, right) > 0;
                case MORE_OR_EQUAL -> Operations.compare(left, right) >= 0;
                case IN -> Operations.contains(right, left);
                case NOT_IN -> !Operations.contains(right, left);
                case NONE -> throw new IllegalStateException("Not a relation");
            };
        }
    }

    /** Reads a relation, or nothing. */
    static Relation relation(TokenReader tokens) {
        if (tokens.areNames("not", "in")) {
            tokens.next();
            tokens.next();
            return Relation.NOT_IN;
        }
        Token token = tokens.peek();
        Relation relation = switch (token.kind()) {
            case OPERATOR -> ofOperator(token.text());
            case NAME -> token.text().equals("in") ? Relation.IN : Relation.NONE;
            case STRING, WHOLE, REAL, END -> Relation.NONE;
        };
        if (relation != Relation.NONE) {
            tokens.next();
        }
        return relation;
    }

    private static Relation ofOperator(String operator) {
        return switch (operator) {
            case "==" -> Relation.EQUAL;
            case "!=" -> Relation.DIFFERENT;
            case "<" -> Relation.LESS;
            case "<=" -> Relation.LESS_OR_EQUAL;
            case ">" -> Relation.MORE;
            case ">=" -> Relation.MORE_OR_EQUAL;
            default -> Relation.NONE;
        };
    }

    static Value holds(Expression first, List<Comparison> chain, Scope scope) {
        Value left = first.in(scope);
        for (Comparison comparison : chain) {
            Value right = comparison.right.in(scope);
            if (!comparison.relation.holds(left, right)) {
                return Value.of(false);
            }
            left = right;
        }
        return Value.of(true);
    }
}
