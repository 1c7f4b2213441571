package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.Rule;
import dev.cooper.mathverifier.UndecidedReason;
import dev.cooper.mathverifier.syntax.Node;

/** What an answer is, in one word, and what two answers of different kinds come to. */
enum Kinds {
    SCALAR("an expression", Rule.SAME_VALUE),
    STATEMENT("an equation or inequality", Rule.SAME_STATEMENT),
    TUPLE("a tuple or interval", Rule.SAME_TUPLE),
    LIST("a list", Rule.SAME_LIST),
    SET("a set", Rule.SAME_SET),
    MATRIX("a matrix", Rule.SAME_MATRIX),
    CASES("a function by cases", Rule.SAME_CASES),
    WORDS("words", Rule.SAME_WORDS),
    CHOICE("a choice", Rule.SAME_WORDS),
    OPAQUE("text that is not understood", Rule.SAME_TEXT);

    private final String description;
    private final Rule rule;

    Kinds(String description, Rule rule) {
        this.description = description;
        this.rule = rule;
    }

    /** By what two parts of this kind are equal that are written alike. */
    Rule rule() {
        return rule;
    }

    static Kinds of(Node node) {
        return switch (node) {
            case Node.Relation _, Node.Not _, Node.Modulo _ -> STATEMENT;
            case Node.Bracketed _ -> TUPLE;
            case Node.Sequence _ -> LIST;
            case Node.SetOf _, Node.SetBuilder _, Node.NumberSet _, Node.SetOperation _ -> SET;
            case Node.Matrix _ -> MATRIX;
            case Node.Piecewise _ -> CASES;
            case Node.Words _ -> WORDS;
            case Node.Choice _, Node.Option _ -> CHOICE;
            case Node.Opaque _ -> OPAQUE;
            case Node.Numeral _, Node.Constant _, Node.Symbol _, Node.Indexed _, Node.Mixed _, Node.InBase _ -> SCALAR;
            case Node.Sum _, Node.Product _, Node.Negation _, Node.Quotient _, Node.Power _, Node.Root _ -> SCALAR;
            case Node.Application _, Node.Call _, Node.Factorial _, Node.PlusMinus _, Node.Percent _ -> SCALAR;
            case Node.Degrees _, Node.Measured _, Node.BigOperator _, Node.Limit _, Node.Ratio _ -> SCALAR;
        };
    }

    static Comparison mismatch(Node reference, Node answer) {
        Kinds wanted = of(reference);
        Kinds given = of(answer);
        String detail = given.description + " where " + wanted.description + " is due";
        if (Trees.contains(reference, node -> node instanceof Node.Opaque)
                || Trees.contains(answer, node -> node instanceof Node.Opaque)) {
            return Outcomes.unsettled(UndecidedReason.UNREAD_EXPRESSION, detail);
        }
        boolean oneStatement = (wanted == STATEMENT) != (given == STATEMENT);
        boolean words = wanted == WORDS || given == WORDS || wanted == CHOICE || given == CHOICE;
        if (oneStatement && !words) {
            return Outcomes.unsettled(UndecidedReason.NOT_SOLVED, detail);
        }
        boolean twoSets = (wanted == SET || wanted == TUPLE) && (given == SET || given == TUPLE) && wanted != given;
        if ((wanted == given && wanted != TUPLE) || twoSets) {
            return Outcomes.unsettled(UndecidedReason.UNREAD_EXPRESSION, "no rule settles two such answers");
        }
        return Outcomes.differentKind(detail);
    }
}
