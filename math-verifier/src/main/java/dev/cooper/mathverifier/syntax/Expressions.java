package dev.cooper.mathverifier.syntax;

import dev.cooper.mathverifier.syntax.Node.Application;
import dev.cooper.mathverifier.syntax.Node.Measured;
import dev.cooper.mathverifier.syntax.Node.Negation;
import dev.cooper.mathverifier.syntax.Node.Numeral;
import dev.cooper.mathverifier.syntax.Node.PlusMinus;
import dev.cooper.mathverifier.syntax.Node.Product;
import dev.cooper.mathverifier.syntax.Node.Quotient;
import dev.cooper.mathverifier.syntax.Node.SetOperation;
import dev.cooper.mathverifier.syntax.Node.Sum;
import dev.cooper.mathverifier.syntax.Token.Gap;
import dev.cooper.mathverifier.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operators between operands, by their power to bind (Pratt); those of one kind are gathered in one node. */
final class Expressions {
    private final Grammar grammar;
    private final TokenStream in;

    Expressions(Grammar grammar) {
        this.grammar = grammar;
        in = grammar.in;
    }

    /** What binds, from the weakest on. */
    enum Binding {
        SET,
        RATIO,
        SUM,
        /** A unit behind a product. */
        MEASURE,
        PRODUCT,
        OPERAND
    }

    /** A whole side of a relation. */
    Node expression() throws SyntaxFailure {
        return expression(Binding.SET);
    }

    /** What binds at least as strongly as {@code weakest}. */
    Node expression(Binding weakest) throws SyntaxFailure {
        in.enter();
        Node left = prefixed(weakest);
        for (Binding infix = infix(); infix != null && infix.compareTo(weakest) >= 0; infix = infix()) {
            if (infix == Binding.SET && !Values.mayBeSet(left)) {
                break;
            }
            left = switch (infix) {
                case SET -> grammar.looseOperators.sets(left);
                case RATIO -> grammar.looseOperators.ratio(left);
                case SUM -> sum(left);
                case MEASURE -> grammar.measures.behind(left);
                case PRODUCT -> product(left);
                case OPERAND -> throw in.notUnderstood();
            };
        }
        in.leave();
        return left;
    }

    private @Nullable Binding infix() {
        Token token = in.peek();
        if (token.kind() == Kind.SYMBOL) {
            switch (token.text()) {
                case "+", "-", "\u00b1", "\u2213" -> {
                    return Binding.SUM;
                }
                case "*", "/", "\u00f7" -> {
                    return Binding.PRODUCT;
                }
                case "\u222a", "\u2229", "\u2216" -> {
                    return Binding.SET;
                }
                case ":" -> {
                    return grammar.fences.isColonTaken() ? null : Binding.RATIO;
                }
                default -> {}
            }
        }
        if (isRatioWord(token)) {
            return Binding.RATIO;
        }
        if (isModulo(token) || grammar.operands.mayFollow(token)) {
            return Binding.PRODUCT;
        }
        return grammar.measures.mayFollow(token) ? Binding.MEASURE : null;
    }

    /** "2 to 3" is a ratio, between plain numbers. */
    private boolean isRatioWord(Token token) {
        return token.isWord("to")
                && in.position() > 0
                && in.at(in.position() - 1).kind() == Kind.NUMBER
                && in.peek(1).kind() == Kind.NUMBER;
    }

    private static boolean isModulo(Token token) {
        return token.isCommand("bmod")
                || (token.kind() != Kind.OPEN && (token.isCommand("mod") || token.isWord("mod")));
    }

    private Node prefixed(Binding weakest) throws SyntaxFailure {
        Token token = in.peek();
        if (token.kind() != Kind.SYMBOL) {
            return grammar.operands.operand();
        }
        Binding inside = weakest.compareTo(Binding.PRODUCT) > 0 ? weakest : Binding.PRODUCT;
        return switch (token.text()) {
            case "-" -> new Negation(signed(inside));
            case "+" -> signed(inside);
            case "\u00b1", "\u2213" ->
                new PlusMinus(signed(inside), token.text().equals("\u2213"));
            default -> grammar.operands.operand();
        };
    }

    private Node signed(Binding weakest) throws SyntaxFailure {
        in.next();
        in.count();
        return Values.operand(expression(weakest));
    }

    private Node sum(Node first) throws SyntaxFailure {
        boolean set = first instanceof Node.NumberSet || first instanceof Node.SetOf || first instanceof SetOperation;
        if (set && in.accept("-")) {
            return new SetOperation(SetOperation.Operator.DIFFERENCE, List.of(first, expression(Binding.MEASURE)));
        }
        List<Node> terms = new ArrayList<>();
        terms.add(Values.operand(first));
        while (true) {
            Token sign = in.peek();
            boolean isSign =
                    sign.isSymbol("+") || sign.isSymbol("-") || sign.isSymbol("\u00b1") || sign.isSymbol("\u2213");
            if (!isSign) {
                break;
            }
            in.next();
            in.count();
            Node term = Values.operand(expression(Binding.MEASURE));
            terms.add(
                    switch (sign.text()) {
                        case "+" -> term;
                        case "-" -> new Negation(term);
                        default -> new PlusMinus(term, sign.text().equals("\u2213"));
                    });
        }
        return measuredAsWhole(terms);
    }

    /** In {@code 2+\pi\text{ cm}} the unit belongs to the sum. */
    private static Node measuredAsWhole(List<Node> terms) {
        Node last = terms.getLast();
        Node inner = last instanceof Negation negation ? negation.operand() : last;
        boolean alone = inner instanceof Measured
                && terms.stream().limit(terms.size() - 1L).noneMatch(Expressions::isMeasured);
        if (!alone || !(inner instanceof Measured measured)) {
            return new Sum(terms);
        }
        terms.set(terms.size() - 1, last instanceof Negation ? new Negation(measured.value()) : measured.value());
        return new Measured(new Sum(terms), measured.unit());
    }

    static boolean isMeasured(Node term) {
        return term instanceof Measured
                || (term instanceof Negation negation && negation.operand() instanceof Measured);
    }

    private Node product(Node first) throws SyntaxFailure {
        List<Node> factors = new ArrayList<>();
        factors.add(Values.operand(first));
        while (true) {
            Token token = in.peek();
            if (token.isSymbol("*") || isTimes(token)) {
                in.next();
                append(factors, expression(Binding.OPERAND));
            } else if (token.isSymbol("/") || token.isSymbol("\u00f7")) {
                in.next();
                Node quotient = new Quotient(product(factors), divisor(factors));
                in.chain();
                factors.clear();
                factors.add(quotient);
            } else if (isModulo(token)) {
                in.next();
                Node value = new Application(Function.MOD, List.of(product(factors), expression(Binding.OPERAND)));
                in.chain();
                factors.clear();
                factors.add(value);
            } else if (grammar.operands.mayFollow(token)) {
                append(factors, expression(Binding.OPERAND));
            } else {
                return product(factors);
            }
            in.count();
        }
    }

    /** The letter x between spaced numbers of plain text: 6.02 x 10^23. */
    private boolean isTimes(Token token) {
        return token.is(Kind.LETTER, "x")
                && token.plain()
                && token.isSpaced()
                && in.peek(1).kind() == Kind.NUMBER
                && in.peek(1).isSpaced()
                && in.peek(-1).kind() == Kind.NUMBER;
    }

    private void append(List<Node> factors, Node written) throws SyntaxFailure {
        Node factor = Values.operand(written);
        Numeral scientific = grammar.numbers.scientific(factors.getLast(), factor);
        if (scientific == null) {
            factors.add(factor);
        } else {
            factors.set(factors.size() - 1, scientific);
        }
    }

    private static Node product(List<Node> factors) {
        return factors.size() == 1 ? factors.getFirst() : new Product(factors);
    }

    /**
     * What stands behind a slash. {@code 1/2x} is a coefficient and x; in {@code a/bc} what is written together stays
     * together.
     */
    private Node divisor(List<Node> dividend) throws SyntaxFailure {
        Node first = Values.scalar(expression(Binding.OPERAND));
        boolean coefficient = dividend.getLast() instanceof Numeral && first instanceof Numeral;
        if (coefficient || in.peek(-1).is(Kind.CLOSE, ")")) {
            return first;
        }
        List<Node> together = new ArrayList<>();
        together.add(first);
        while (in.peek().gap() == Gap.NONE && in.peek().kind() != Kind.OPEN && grammar.operands.mayFollow(in.peek())) {
            together.add(Values.scalar(expression(Binding.OPERAND)));
            in.count();
        }
        return product(together);
    }
}
