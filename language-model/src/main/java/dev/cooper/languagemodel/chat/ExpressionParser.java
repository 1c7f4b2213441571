package dev.cooper.languagemodel.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;

/** Reads expressions, by Jinja's grammar and precedence; what operators work on is {@link OperandParser}'s. */
final class ExpressionParser {
    private final TokenReader tokens;
    private final OperandParser operands;

    ExpressionParser(TokenReader tokens) {
        this.tokens = tokens;
        operands = new OperandParser(tokens, this);
    }

    /** {@code a if condition else b}, and what binds tighter. */
    Expression expression() {
        Expression value = disjunction();
        while (tokens.skipName("if")) {
            Expression chosen = value;
            Expression condition = disjunction();
            Expression otherwise = tokens.skipName("else") ? expression() : _ -> new Value.Undefined("the other case");
            value = scope -> condition.in(scope).truth() ? chosen.in(scope) : otherwise.in(scope);
        }
        return value;
    }

    /** {@code a or b}, and what binds tighter: what a loop runs over, since an {@code if} behind it is its filter. */
    Expression disjunction() {
        Expression value = conjunction();
        while (tokens.skipName("or")) {
            Expression left = value;
            Expression right = conjunction();
            value = scope -> {
                Value first = left.in(scope);
                return first.truth() ? first : right.in(scope);
            };
        }
        return value;
    }

    private Expression conjunction() {
        Expression value = negation();
        while (tokens.skipName("and")) {
            Expression left = value;
            Expression right = negation();
            value = scope -> {
                Value first = left.in(scope);
                return first.truth() ? right.in(scope) : first;
            };
        }
        return value;
    }

    private Expression negation() {
        if (!tokens.areNames("not", "in") && tokens.skipName("not")) {
            Expression value = negation();
            return scope -> Value.of(!value.in(scope).truth());
        }
        return comparison();
    }

    /** One comparison, or a chain: {@code a < b < c} is {@code a < b and b < c}. */
    private Expression comparison() {
        Expression first = sum();
        List<Comparison> chain = new ArrayList<>();
        while (true) {
            Comparison.Relation relation = Comparison.relation(tokens);
            if (relation == Comparison.Relation.NONE) {
                break;
            }
            chain.add(new Comparison(relation, sum()));
        }
        return chain.isEmpty() ? first : scope -> Comparison.holds(first, chain, scope);
    }

    private Expression sum() {
        Expression value = concatenation();
        while (tokens.isOperator("+") || tokens.isOperator("-")) {
            value = tokens.next().text().equals("+")
                    ? binary(value, concatenation(), Operations::add)
                    : binary(value, concatenation(), (a, b) -> Operations.arithmetic("-", a, b));
        }
        return value;
    }

    private Expression concatenation() {
        Expression value = product();
        while (tokens.skipOperator("~")) {
            value = binary(value, product(), (a, b) -> Value.of(PythonText.print(a) + PythonText.print(b)));
        }
        return value;
    }

    private Expression product() {
        Expression value = unary(true);
        while (tokens.isOperator("*") || tokens.isOperator("/") || tokens.isOperator("//") || tokens.isOperator("%")) {
            String operator = tokens.next().text();
            value = operator.equals("*")
                    ? binary(value, unary(true), Operations::multiply)
                    : binary(value, unary(true), (a, b) -> Operations.arithmetic(operator, a, b));
        }
        return value;
    }

    private static Expression binary(Expression left, Expression right, BinaryOperator<Value> operation) {
        return scope -> operation.apply(left.in(scope), right.in(scope));
    }

    /** Filters and tests bind tighter than any operator, but looser than the sign before them. */
    private Expression unary(boolean filtered) {
        Expression value;
        if (tokens.skipOperator("-")) {
            Expression operand = unary(false);
            value = scope -> Operations.negate(operand.in(scope));
        } else if (tokens.skipOperator("+")) {
            value = unary(false);
        } else {
            value = operands.operand();
        }
        return filtered ? operands.filtered(value) : value;
    }
}
