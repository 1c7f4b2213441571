package dev.cooper.mathverifier.syntax;

import dev.cooper.mathverifier.syntax.Expressions.Binding;
import dev.cooper.mathverifier.syntax.Node.Measured;
import dev.cooper.mathverifier.syntax.Node.Ratio;
import dev.cooper.mathverifier.syntax.Node.SetOperation;
import dev.cooper.mathverifier.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operators that bind weaker than a sum: ratios, unions and their like. */
final class LooseOperators {
    private final Grammar grammar;
    private final TokenStream in;

    LooseOperators(Grammar grammar) {
        this.grammar = grammar;
        in = grammar.in;
    }

    /** Parts of a ratio, the first of which is read. */
    Node ratio(Node first) throws SyntaxFailure {
        List<Node> parts = new ArrayList<>();
        parts.add(Values.scalar(first));
        while (acceptColon()) {
            parts.add(Values.scalar(grammar.expressions.expression(Binding.SUM)));
            in.count();
        }
        if (parts.getLast() instanceof Measured(Node value, Unit unit)
                && parts.stream().filter(Expressions::isMeasured).count() == 1) {
            parts.set(parts.size() - 1, value);
            return new Measured(new Ratio(parts), unit);
        }
        return new Ratio(parts);
    }

    private boolean acceptColon() {
        boolean word = in.peek().isWord("to") && in.peek(1).kind() == Kind.NUMBER;
        in.moveTo(in.position() + (word ? 1 : 0));
        return word || in.accept(":");
    }

    /** Sets with signs between them, the first of which is read. */
    Node sets(Node first) throws SyntaxFailure {
        Node left = first;
        while (true) {
            Token sign = in.peek();
            SetOperation.Operator operator = operator(sign);
            if (operator == null) {
                return left;
            }
            List<Node> operands = new ArrayList<>();
            operands.add(left);
            while (in.accept(sign.text())) {
                operands.add(grammar.expressions.expression(Binding.RATIO));
                in.count();
            }
            in.chain();
            left = new SetOperation(operator, operands);
        }
    }

    private static SetOperation.@Nullable Operator operator(Token sign) {
        return switch (sign.kind() == Kind.SYMBOL ? sign.text() : "") {
            case "\u222a" -> SetOperation.Operator.UNION;
            case "\u2229" -> SetOperation.Operator.INTERSECTION;
            case "\u2216" -> SetOperation.Operator.DIFFERENCE;
            default -> null;
        };
    }
}
