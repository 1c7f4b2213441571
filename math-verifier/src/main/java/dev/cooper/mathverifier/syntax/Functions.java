package dev.cooper.mathverifier.syntax;

import dev.cooper.mathverifier.syntax.Expressions.Binding;
import dev.cooper.mathverifier.syntax.Node.Application;
import dev.cooper.mathverifier.syntax.Node.Constant;
import dev.cooper.mathverifier.syntax.Node.Negation;
import dev.cooper.mathverifier.syntax.Node.Numeral;
import dev.cooper.mathverifier.syntax.Node.Power;
import dev.cooper.mathverifier.syntax.Node.Product;
import dev.cooper.mathverifier.syntax.Node.Quotient;
import dev.cooper.mathverifier.syntax.Node.Sum;
import dev.cooper.mathverifier.syntax.Token.Gap;
import dev.cooper.mathverifier.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Applications of known functions, with or without brackets around the argument. */
final class Functions {
    private static final Map<Function, Function> INVERSES = Map.ofEntries(
            Map.entry(Function.SIN, Function.ARCSIN),
            Map.entry(Function.COS, Function.ARCCOS),
            Map.entry(Function.TAN, Function.ARCTAN),
            Map.entry(Function.COT, Function.ARCCOT),
            Map.entry(Function.SEC, Function.ARCSEC),
            Map.entry(Function.CSC, Function.ARCCSC),
            Map.entry(Function.SINH, Function.ARCSINH),
            Map.entry(Function.COSH, Function.ARCCOSH),
            Map.entry(Function.TANH, Function.ARCTANH));

    private final Grammar grammar;
    private final TokenStream in;

    Functions(Grammar grammar) {
        this.grammar = grammar;
        in = grammar.in;
    }

    Node application() throws SyntaxFailure {
        String name = in.peek().text();
        Function function = Vocabulary.function(name);
        if (function == null) {
            throw in.notUnderstood();
        }
        in.next();
        Node base = name.equals("lg") ? Numeral.of(10) : null;
        Node power = null;
        while (in.isAt("_") || in.isAt("^")) {
            boolean below = in.next().isSymbol("_");
            if (below && function != Function.LOG) {
                throw in.notUnderstood();
            }
            if (below) {
                base = grammar.operands.subscript();
            } else {
                power = grammar.operands.script();
            }
        }
        if (base == null && function == Function.LOG && isGluedBase()) {
            base = grammar.numbers.literal();
        }
        boolean minusOne = power instanceof Negation(Node one) && one.equals(Numeral.of(1));
        Function inverse = minusOne ? INVERSES.get(function) : null;
        if (inverse != null) {
            return new Application(inverse, arguments(function));
        }
        List<Node> arguments = power == null ? raised(function, arguments(function)) : arguments(function);
        Node applied = new Application(function, withBase(arguments, base));
        return power == null ? applied : new Power(applied, power);
    }

    /**
     * {@code \ln (y-z)^3} is a logarithm of a power, as {@code \ln x^3} is: the sum needs its brackets. But
     * {@code \ln(x)^3} and {@code \sin(x+1)^2} are powers.
     */
    private List<Node> raised(Function function, List<Node> arguments) throws SyntaxFailure {
        boolean logarithm = function == Function.LN || function == Function.LOG;
        if (!logarithm
                || !in.isAt("^")
                || !in.peek(-1).text().equals(")")
                || arguments.size() != 1
                || !(arguments.getFirst() instanceof Sum)) {
            return arguments;
        }
        in.next();
        return List.of(new Power(arguments.getFirst(), Values.scalar(grammar.operands.script())));
    }

    /** {@code log2(8)}. */
    private boolean isGluedBase() {
        return in.peek().kind() == Kind.NUMBER
                && in.peek().gap() == Gap.NONE
                && in.peek(1).isOpen("(");
    }

    private static List<Node> withBase(List<Node> arguments, @Nullable Node base) {
        return base == null ? arguments : List.of(arguments.getFirst(), base);
    }

    private List<Node> arguments(Function function) throws SyntaxFailure {
        Token open = in.peek();
        boolean bracketed = open.isOpen("(") || open.isOpen("[") || open.isOpen("{") || open.isOpen("\\{");
        if (!bracketed) {
            return List.of(unbracketed());
        }
        int close = in.closing(in.position());
        in.next();
        List<Node> arguments = grammar.fences.elements(close);
        for (Node argument : arguments) {
            Values.argument(argument);
        }
        if (arguments.size() != 1 && !takesSeveral(function, arguments.size())) {
            throw in.notUnderstood();
        }
        return arguments;
    }

    private static boolean takesSeveral(Function function, int count) {
        return switch (function) {
            case GCD, LCM, MIN, MAX -> count > 0;
            case LOG -> count == 2;
            default -> false;
        };
    }

    /** {@code \sin 2x}: all that is multiplied without a sign, up to the next function. */
    private Node unbracketed() throws SyntaxFailure {
        List<Node> factors = new ArrayList<>();
        factors.add(Values.argument(grammar.expressions.expression(Binding.OPERAND)));
        while (grammar.operands.mayFollow(in.peek()) && !isFunction(in.peek())) {
            factors.add(Values.argument(grammar.expressions.expression(Binding.OPERAND)));
            in.count();
        }
        Node argument = factors.size() == 1 ? factors.getFirst() : new Product(factors);
        boolean angle = factors.contains(new Constant(Constant.Name.PI));
        if (angle && in.isAt("/") && in.peek(1).kind() == Kind.NUMBER) {
            in.next();
            return new Quotient(argument, grammar.numbers.literal());
        }
        return argument;
    }

    private static boolean isFunction(Token token) {
        return (token.kind() == Kind.COMMAND || token.isWord()) && Vocabulary.function(token.text()) != null;
    }
}
