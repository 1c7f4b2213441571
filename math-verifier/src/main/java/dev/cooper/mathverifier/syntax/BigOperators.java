package dev.cooper.mathverifier.syntax;

import dev.cooper.mathverifier.syntax.Expressions.Binding;
import dev.cooper.mathverifier.syntax.Node.BigOperator;
import dev.cooper.mathverifier.syntax.Node.Limit;
import dev.cooper.mathverifier.syntax.Node.Relation;
import dev.cooper.mathverifier.syntax.Node.Symbol;
import dev.cooper.mathverifier.syntax.Token.Kind;
import java.util.List;
import java.util.Optional;

/** Sums, products, unions, integrals and limits. */
final class BigOperators {
    private final Grammar grammar;
    private final TokenStream in;
    private int integrals;

    BigOperators(Grammar grammar) {
        this.grammar = grammar;
        in = grammar.in;
    }

    /** Whether the d of {@code dx} is next, in an integral that waits for it. */
    boolean isDifferential() {
        return integrals > 0 && in.peek().is(Kind.LETTER, "d") && in.peek(1).kind() == Kind.LETTER;
    }

    Node operator() throws SyntaxFailure {
        String name = in.next().text();
        return switch (name) {
            case "lim" -> limit();
            case "int" -> integral();
            case "sum" -> indexed(BigOperator.Kind.SUM);
            case "prod" -> indexed(BigOperator.Kind.PRODUCT);
            case "bigcup" -> indexed(BigOperator.Kind.UNION);
            default -> indexed(BigOperator.Kind.INTERSECTION);
        };
    }

    private Node indexed(BigOperator.Kind kind) throws SyntaxFailure {
        Optional<Node> lower = Optional.empty();
        Optional<Node> upper = Optional.empty();
        String variable = "";
        boolean added = false;
        while (in.isAt("_") || in.isAt("^")) {
            if (in.next().isSymbol("^")) {
                upper = Optional.of(grammar.operands.script());
                continue;
            }
            int open = in.position();
            variable = in.at(open).isOpen("{") && in.at(open + 1).kind() == Kind.LETTER
                    ? in.at(open + 1).text()
                    : "";
            if (variable.isEmpty()) {
                throw in.notUnderstood();
            }
            added = grammar.bound.add(variable);
            lower = Optional.of(lower(variable, in.closing(open)));
        }
        Node body = grammar.expressions.expression(Binding.PRODUCT);
        if (added) {
            grammar.bound.remove(variable);
        }
        return new BigOperator(kind, variable, lower, upper, body);
    }

    /** The value behind {@code k =}; a relation of another kind as it is. */
    private Node lower(String variable, int close) throws SyntaxFailure {
        in.next();
        Node node = grammar.relations.relation();
        in.close(close);
        boolean start = node instanceof Relation(var operands, var signs)
                && signs.equals(List.of(Relation.Sign.EQUAL))
                && operands.getFirst().equals(new Symbol(variable));
        return start ? ((Relation) node).operands().getLast() : node;
    }

    private Node limit() throws SyntaxFailure {
        int open = in.position() + 1;
        boolean written = in.isAt("_")
                && in.at(open).isOpen("{")
                && in.at(open + 1).kind() == Kind.LETTER
                && in.at(open + 2).isSymbol("\u2192");
        if (!written) {
            throw in.notUnderstood();
        }
        String variable = in.at(open + 1).text();
        in.moveTo(open + 3);
        Node point = grammar.expressions.expression();
        in.close(in.closing(open));
        return new Limit(variable, point, grammar.expressions.expression(Binding.PRODUCT));
    }

    private Node integral() throws SyntaxFailure {
        Optional<Node> lower = Optional.empty();
        Optional<Node> upper = Optional.empty();
        while (in.isAt("_") || in.isAt("^")) {
            if (in.next().isSymbol("_")) {
                lower = Optional.of(grammar.operands.subscript());
            } else {
                upper = Optional.of(grammar.operands.script());
            }
        }
        integrals++;
        Node body = Values.operand(grammar.expressions.expression(Binding.SUM));
        boolean closed = isDifferential();
        integrals--;
        if (!closed) {
            throw in.notUnderstood();
        }
        in.next();
        return new BigOperator(BigOperator.Kind.INTEGRAL, in.next().text(), lower, upper, body);
    }
}
